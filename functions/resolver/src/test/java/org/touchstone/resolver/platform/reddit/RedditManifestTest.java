package org.touchstone.resolver.platform.reddit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.resolver.platforms.PlatformServer;

class RedditManifestTest {
  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void takesRedditsManifestOfPartsWhereThereIsNoFile() throws IOException {
    web.serve(
        "www.reddit.com",
        "/comments/18wdun7.json",
        "[{\"data\":{\"children\":[{\"data\":{\"id\":\"18wdun7\",\"secure_media\":{\"reddit_video\":{"
            + "\"dash_url\":\"https://v.redd.it/abc/DASHPlaylist.mpd\"}}}}]}}]");
    web.serve(
        "v.redd.it",
        "/abc/DASHPlaylist.mpd",
        "<MPD mediaPresentationDuration='PT4S'><Period><AdaptationSet contentType='video'>"
            + "<Representation bandwidth='1'><SegmentTemplate media='$Number$' duration='2'/>"
            + "</Representation></AdaptationSet></Period></MPD>");

    assertThat(web.media("https://redd.it/18wdun7"))
        .containsExactly("https://v.redd.it/abc/DASHPlaylist.mpd");
  }
}
