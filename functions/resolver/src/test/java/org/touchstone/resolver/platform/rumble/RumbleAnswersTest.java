package org.touchstone.resolver.platform.rumble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;

/** Playlists of more pixels than the files have, and videos that are gone. */
class RumbleAnswersTest {
  private static final String URL = "https://rumble.com/embed/v1abc2d/";

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  private void video(String fields) {
    web.serve("rumble.com", "/embedJS/", "{\"duration\":60,\"w\":1920,\"h\":1080," + fields + "}");
  }

  private static String mp4(int width, int height) {
    return """
        "mp4":{"x":{"url":"https://cdn.rumble.cloud/f.mp4","meta":{"bitrate":800,"w":%d,"h":%d}}}\
        """
        .formatted(width, height);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"hls\":{\"auto\":{\"url\":\"https://cdn.rumble.cloud/p\",\"meta\":{\"w\":1920,\"h\":1080}}}",
        "\"hls\":{\"auto\":{\"url\":\"https://cdn.rumble.cloud/p\",\"meta\":{\"bitrate\":0}}}",
        "\"tar\":{\"1080\":{\"url\":\"https://cdn.rumble.cloud/p\",\"meta\":{\"w\":1920,\"h\":1080}}}"
      })
  void takesThePlaylistWhereItHasMorePixelsThanTheFile(String playlist) throws IOException {
    video("\"ua\":{" + mp4(640, 360) + "," + playlist + "}");
    assertThat(web.media(URL)).containsExactly("https://cdn.rumble.cloud/p");

    video("\"ua\":{" + mp4(1920, 1080) + "," + playlist + "}");
    assertThat(web.media(URL)).containsExactly("https://cdn.rumble.cloud/f.mp4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "null", "{}"})
  void saysThatAVideoIsGone(String answer) throws IOException {
    web.serve("rumble.com", "/embedJS/", answer);

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_DELETED);
  }

  @Test
  void saysThatAVideoIsNotForThisRegion() throws IOException {
    web.serve(
        "rumble.com",
        "/",
        403,
        Map.of(),
        "<html><body>Rumble is not available in your country.</body></html>");

    assertThat(web.problem("https://rumble.com/v1abc2d-title.html").detail()).contains("region");
  }

  @Test
  void takesNoLiveStream() throws IOException {
    video("\"live\":2,\"ua\":{\"hls\":{\"auto\":{\"url\":\"https://cdn.rumble.cloud/p\"}}}");

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.LINK_UNSUPPORTED);
  }
}
