package org.touchstone.resolver.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Platforms that have no file of a video, but a playlist of its parts. */
class PlaylistLinksTest {
  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void takesBlueskysPlaylistWhereTheAuthorsServerIsNotKnown() throws IOException {
    web.serve(
        "public.api.bsky.app",
        "/xrpc/",
        "{\"thread\":{\"post\":{\"author\":{\"did\":\"did:web:gone.example\",\"handle\":\"a.example\"},"
            + "\"embed\":{\"$type\":\"app.bsky.embed.video#view\",\"cid\":\"bafkrei\",\"playlist\":"
            + "\"https://video.bsky.app/watch/x/playlist.m3u8\"}}}}");

    assertThat(web.media("https://bsky.app/profile/a.example/post/3l4omssdl632g"))
        .containsExactly("https://video.bsky.app/watch/x/playlist.m3u8");
  }

  @Test
  void takesXsPlaylistWhereThereIsNoFile() throws IOException {
    web.serve(
        "cdn.syndication.twimg.com",
        "/",
        "{\"__typename\":\"Tweet\",\"mediaDetails\":[{\"type\":\"video\",\"video_info\":{\"variants\":["
            + "{\"content_type\":\"text/plain\",\"url\":\"https://video.twimg.com/x.txt\"},"
            + "{\"content_type\":\"application/x-mpegURL\",\"url\":\"https://video.twimg.com/x.m3u8\"}]}}]}");

    assertThat(web.media("https://x.com/jane/status/12"))
        .containsExactly("https://video.twimg.com/x.m3u8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"u\":{\"hls\":{\"url\":%s}}", "\"ua\":{\"hls\":{\"auto\":{\"url\":%s}}}"})
  void takesRumblesPlaylistWhereThereIsNoFile(String where) throws IOException {
    String playlist = "https://rumble.com/hls-vod/abc/playlist.m3u8";
    web.serve(
        "rumble.com",
        "/embedJS/u3/",
        "{\"title\":\"A title\"," + where.formatted("\"" + playlist + "\"") + "}");

    assertThat(web.media("https://rumble.com/embed/vzz99z/")).containsExactly(playlist);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<meta property='og:video' content='/v/list.m3u8'>",
        "<meta property='og:video' content='/v/list.m3u8'>"
            + "<meta property='og:video:type' content='application/x-mpegURL'>",
        "<video><source src='/v/list.m3u8' type='application/vnd.apple.mpegurl'></video>"
      })
  void takesAPagesPlaylist(String head) throws IOException {
    web.serve("news.example.org", "/story", "<html>" + head + "</html>");

    assertThat(web.media("https://news.example.org/story"))
        .containsExactly("https://news.example.org/v/list.m3u8");
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
