package org.touchstone.resolver.platform.truthsocial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

class TruthSocialTest {
  private static final String STATUS =
      """
      {"id":"111772535207072024","created_at":"2024-01-17T17:45:37.706Z","language":"en",
       "url":"https://home.example/@jane/109","content":"<p>Look <b>here</b> &amp; there</p>",
       "reblog":null,"account":{"id":"7","username":"jane","acct":"jane@home.example"},
       "media_attachments":[
        {"id":"1","type":"image","url":"https://files.social.example.org/cache/1.jpg",
         "remote_url":"https://files.home.example/original/1.jpg","description":"a cat",
         "meta":{"original":{"width":1600,"height":1600}}},
        {"id":"2","type":"video","url":"https://files.social.example.org/2.mp4","remote_url":null,
         "meta":{"original":{"width":558,"height":338,"duration":105.5,"bitrate":1362766}}},
        {"id":"3","type":"unknown","url":null,"remote_url":null}]}\
      """;

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void readsTruthSocialWithoutAskingWhatItRuns() throws IOException {
    web.serve("truthsocial.com", "/api/v1/statuses/113154381896339455", STATUS);

    Post post = web.find("https://truthsocial.com/@TruthSports/posts/113154381896339455");

    assertThat(post.platform()).isEqualTo("truthsocial");
    assertThat(post.media()).hasSize(2);
    assertThat(web.requests()).hasSize(1);
  }

  @Test
  void saysThatTruthSocialTurnsUsAway() throws IOException {
    web.serve("truthsocial.com", "/", 403, Map.of(), "<html>Just a moment...</html>");

    assertThat(web.problem("https://truthsocial.com/@TruthSports/113154381896339455").type())
        .isEqualTo(ProblemType.FETCH_REFUSED);
  }
}
