package org.touchstone.resolver.platform.reddit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Extractors;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

class RedditTest {
  private static final String URL = "https://old.reddit.com/r/pics/comments/18wdun7/a_title/";
  private static final String SITE = "www.reddit.com";
  private static final String API = "oauth.reddit.com";
  private static final PlatformKeys WITH_APP =
      new PlatformKeys(
          Optional.empty(),
          Optional.of(new PlatformKeys.RedditApp("app", "hidden")),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private static final String FACTS =
      """
      "id":"18wdun7","author":"somebody","author_fullname":"t2_abc","title":"A title",
      "created_utc":1704161899.0,"permalink":"/r/pics/comments/18wdun7/a_title/","selftext":"",\
      """;
  private static final String VIDEO =
      """
      "secure_media":{"reddit_video":{"bitrate_kbps":1200,"height":854,"width":480,"duration":47,
        "fallback_url":"https://v.redd.it/abc123/DASH_480.mp4?source=fallback",
        "dash_url":"https://v.redd.it/abc123/DASHPlaylist.mpd?a=1&amp;v=1&amp;f=sd",
        "has_audio":true}}\
      """;
  private static final String MANIFEST =
      """
      <?xml version="1.0"?>
      <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" mediaPresentationDuration="PT47S" type="static">
       <Period duration="PT47S">
        <AdaptationSet contentType="video">
         <Representation bandwidth="206950" height="220" width="306" mimeType="video/mp4">
          <BaseURL>DASH_220.mp4</BaseURL></Representation>
         <Representation bandwidth="1018606" height="480" width="666" mimeType="video/mp4">
          <BaseURL>DASH_480.mp4</BaseURL></Representation>
        </AdaptationSet>
        <AdaptationSet contentType="audio">
         <Representation audioSamplingRate="48000" bandwidth="131079" mimeType="audio/mp4">
          <BaseURL>DASH_AUDIO_128.mp4</BaseURL></Representation>
         <Representation audioSamplingRate="48000" bandwidth="68521" mimeType="audio/mp4">
          <BaseURL>DASH_AUDIO_64.mp4</BaseURL></Representation>
        </AdaptationSet>
       </Period>
      </MPD>\
      """;

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  private static String listing(String fields) {
    return "{\"kind\":\"Listing\",\"data\":{\"children\":[{\"kind\":\"t3\",\"data\":{"
        + FACTS
        + fields
        + "}}]}}";
  }

  private void post(String fields) {
    web.serve(SITE, "/comments/18wdun7.json", "[" + listing(fields) + ",{\"kind\":\"Listing\"}]");
  }

  @Test
  void readsAPictureAndTheFactsOfItsPost() throws IOException {
    post("\"post_hint\":\"image\",\"url\":\"https://i.redd.it/metcabl4wkgb1.png\"");

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post)).containsExactly("https://i.redd.it/metcabl4wkgb1.png");
    assertThat(post.url()).isEqualTo("https://www.reddit.com/r/pics/comments/18wdun7/a_title/");
    assertThat(post.author()).isEqualTo("somebody");
    assertThat(post.postedAt()).isEqualTo(Instant.ofEpochSecond(1704161899));
    assertThat(post.context().text()).isEqualTo("A title");
    assertThat(post.context().authorId()).isEqualTo("t2_abc");
  }

  @Test
  void keepsAGallerysOrderAndTakesOriginals() throws IOException {
    post(
        """
        "is_gallery":true,"gallery_data":{"items":[{"media_id":"bbb"},{"media_id":"aaa","caption":"c"},
          {"media_id":"ccc"},{"media_id":"ddd"}]},
        "media_metadata":{
          "aaa":{"status":"valid","e":"Image","m":"image/jpg","s":{"u":"https://preview.redd.it/aaa.jpg?width=9&amp;s=1"}},
          "bbb":{"status":"valid","e":"Image","m":"image/png","s":{"u":"https://preview.redd.it/bbb.png"}},
          "ccc":{"status":"valid","e":"AnimatedImage","m":"image/gif",
            "s":{"gif":"https://i.redd.it/ccc.gif","mp4":"https://preview.redd.it/ccc.gif?format=mp4&amp;s=2"}},
          "ddd":{"status":"failed"}}\
        """);

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post))
        .containsExactly(
            "https://i.redd.it/bbb.png",
            "https://i.redd.it/aaa.jpg",
            "https://preview.redd.it/ccc.gif?format=mp4&s=2");
    assertThat(post.media().get(1).altText()).isEqualTo("c");
  }

  @Test
  void takesAVideosBestPictureAndSoundFromItsManifest() throws IOException {
    post(VIDEO);
    web.serve("v.redd.it", "/abc123/DASHPlaylist.mpd?a=1&v=1&f=sd", MANIFEST);

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post)).containsExactly("https://v.redd.it/abc123/DASH_480.mp4");
    assertThat(post.media().getFirst().audio())
        .hasToString("https://v.redd.it/abc123/DASH_AUDIO_128.mp4");
  }

  @Test
  void takesTheWholeFileWhenThereIsNoManifest() throws IOException {
    post(VIDEO);

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post))
        .containsExactly("https://v.redd.it/abc123/DASH_480.mp4?source=fallback");
    assertThat(post.media().getFirst().audio()).isNull();
  }

  @Test
  void looksIntoWhatIsPostedAgain() throws IOException {
    post(
        "\"url\":\"/r/other/comments/1/x/\",\"crosspost_parent_list\":[{\"id\":\"1\",\"url\":"
            + "\"https://i.redd.it/parent.jpg\"}]");

    assertThat(web.media(URL)).containsExactly("https://i.redd.it/parent.jpg");
    assertThat(web.find(URL).media()).allMatch(PostMedia::quoted);
  }

  @Test
  void saysThatALinkToAnArticleHasNoMedia() throws IOException {
    post("\"post_hint\":\"link\",\"url\":\"https://news.example.org/story.html\"");

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_NO_MEDIA);
  }

  @Test
  void followsShareLinks() throws IOException {
    web.redirect(SITE, "/r/pics/s/AbC123xyz", "/r/pics/comments/18wdun7/a_title/?share_id=1");
    post("\"url\":\"https://i.redd.it/a.png\"");

    assertThat(web.find("https://www.reddit.com/r/pics/s/AbC123xyz").url())
        .isEqualTo("https://www.reddit.com/r/pics/comments/18wdun7/a_title/");
  }

  @Test
  void tellsPrivateRemovedAndMissingPostsApart() throws IOException {
    web.serve(SITE, "/comments/", 403, Map.of(), "{\"reason\":\"private\",\"error\":403}");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_PRIVATE);

    web.serve(SITE, "/comments/", 403, Map.of(), "<html>blocked</html>");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.PLATFORM_ROBOT_CHECK);

    web.serve(SITE, "/comments/", 404, Map.of(), "{\"error\":404}");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_DELETED);

    post("\"removed_by_category\":\"moderator\",\"url\":\"https://www.reddit.com/r/x\"");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_DELETED);
  }

  @Test
  void asksForATokenOnceAndRenewsOneThatIsRefused() throws IOException {
    web.serve(SITE, "/api/v1/access_token", "{\"access_token\":\"first\",\"expires_in\":86400}");
    web.serve(
        API, "/api/info?raw_json=1&id=t3_18wdun7", listing("\"url\":\"https://i.redd.it/a.png\""));
    Extractors extractors = web.extractors(WITH_APP);
    WebLink link = WebLink.parse(URL);
    extractors.find(link);
    extractors.find(link);

    assertThat(web.requestsTo(SITE)).hasSize(1);
    assertThat(web.requestsTo(SITE).getFirst().body()).isEqualTo("grant_type=client_credentials");
    assertThat(web.requestsTo(SITE).getFirst().header("Authorization")).startsWith("Basic ");
    assertThat(web.requestsTo(API).getLast().header("Authorization")).isEqualTo("Bearer first");

    web.serve(API, "/", 401, Map.of(), "{}");
    web.serve(SITE, "/api/v1/access_token", "{\"access_token\":\"second\",\"expires_in\":86400}");
    assertThatThrownBy(() -> extractors.find(link)).isInstanceOf(ProblemException.class);
    assertThat(web.requestsTo(API).getLast().header("Authorization")).isEqualTo("Bearer second");
  }
}
