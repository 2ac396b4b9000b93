package org.touchstone.resolver.platform.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

class ThreadsTest {
  private static final String VIDEO_PART =
      """
      {"media_type":2,"video_duration":17.933,"image_versions2":{"candidates":[
         {"width":720,"height":406,"url":"https://x.cdninstagram.com/cover.jpg"}]},
       "video_versions":[
         {"type":102,"width":480,"height":270,"url":"https://x.cdninstagram.com/small.mp4"},
         {"type":101,"width":720,"height":406,"url":"https://x.cdninstagram.com/large.mp4"}]}\
      """;

  private static final String PHOTO_PART =
      """
      {"media_type":1,"accessibility_caption":"a cat","image_versions2":{"candidates":[
         {"width":640,"height":640,"url":"https://x.cdninstagram.com/s.jpg"},
         {"width":1440,"height":1440,"url":"https://x.cdninstagram.com/l.jpg"}]}}\
      """;

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void readsAThreadsPostAmongThoseAroundIt() throws IOException {
    web.serve(
        "www.threads.com",
        "/@jane/post/CuXFPIeLLod",
        "<html><script type='application/json'"
            + " data-sjs>{\"require\":[[\"x\",{\"result\":{\"data\":{\"edges\":["
            + "{\"node\":{\"thread_items\":[{\"post\":{\"code\":\"Cother12345\",\"user\":{},\"image_versions2\":"
            + "{\"candidates\":[{\"url\":\"https://x/other.jpg\"}]}}}]}},"
            + "{\"node\":{\"thread_items\":[{\"post\":{\"code\":\"CuXFPIeLLod\",\"taken_at\":1688598059,"
            + "\"user\":{\"pk\":\"314\",\"username\":\"jane\"},\"caption\":{\"text\":\"Look\"},"
            + "\"carousel_media\":["
            + PHOTO_PART
            + ","
            + VIDEO_PART
            + "]}}]}}]}}}]]}</script></html>");

    Post post = web.find("https://www.threads.net/@jane/post/CuXFPIeLLod");

    assertThat(PlatformServer.media(post))
        .containsExactly(
            "https://x.cdninstagram.com/l.jpg", "https://x.cdninstagram.com/large.mp4");
    assertThat(post.platform()).isEqualTo("threads");
    assertThat(post.context().text()).isEqualTo("Look");
  }
}
