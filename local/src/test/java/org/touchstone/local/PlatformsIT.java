package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.domain.Json;

/**
 * {@code touchstone analyze} with a link to a post of every platform, as a user runs it. One
 * process analyses all of them, and a server on loopback plays the platforms.
 */
class PlatformsIT {
  private static final String NONE = "";

  /**
   * @param url the link that a user pastes
   * @param postUrl the canonical link; empty where the link is not that of a post
   * @param modalities of the media, in order
   * @param problem why no media are found; excludes the rest
   */
  record Case(
      String url,
      String platform,
      String postUrl,
      String author,
      String text,
      List<String> modalities,
      String problem) {
    @Override
    public String toString() {
      return url;
    }
  }

  private static Case post(
      String platform, String url, String postUrl, String author, String text, String... media) {
    return new Case(url, platform, postUrl, author, text, List.of(media), null);
  }

  private static Case refused(String url, String problem) {
    return new Case(url, null, null, null, null, List.of(), problem);
  }

  private static final List<Case> CASES =
      List.of(
          post(
              "x",
              "https://twitter.com/jane/status/1747047100502999141?s=20",
              "https://x.com/jane/status/1747047100502999141",
              "jane",
              "Look",
              "image",
              "video"),
          post(
              "x",
              "https://t.co/AbC",
              "https://x.com/jane/status/1747047100502999141",
              "jane",
              "Look",
              "image",
              "video"),
          post(
              "tiktok",
              "https://www.tiktok.com/@jane.d/video/7157421288976387333?lang=en",
              "https://www.tiktok.com/@jane.d/video/7157421288976387333",
              "jane.d",
              "Look",
              "video"),
          post(
              "instagram",
              "https://www.instagram.com/p/CVAksOjMuQu/?img_index=2",
              "https://www.instagram.com/p/CVAksOjMuQu/",
              "jane",
              "Look",
              "video",
              "image"),
          post(
              "facebook",
              "https://m.facebook.com/jane/posts/10115186488482141?x=1",
              "https://www.facebook.com/jane/posts/10115186488482141",
              NONE,
              "Jane",
              "image"),
          post(
              "threads",
              "https://www.threads.net/@jane/post/CuXFPIeLLod",
              "https://www.threads.com/@jane/post/CuXFPIeLLod",
              "jane",
              "Look",
              "image"),
          post(
              "reddit",
              "https://old.reddit.com/r/pics/comments/15k4oqr/a_title/",
              "https://www.reddit.com/r/pics/comments/15k4oqr/a_title/",
              "jane",
              "A title",
              "image"),
          post(
              "reddit",
              "https://redd.it/18wdun7",
              "https://www.reddit.com/r/pics/comments/18wdun7/a_title/",
              "jane",
              "A title",
              "video"),
          post(
              "truthsocial",
              "https://truthsocial.com/@jane/posts/113154381896339455",
              "https://truthsocial.com/@jane/113154381896339455",
              "jane",
              "Look",
              "image"),
          post(
              "mastodon",
              "https://social.example.org/@jane/111772535207072024",
              "https://social.example.org/@jane/111772535207072024",
              "jane",
              "Look",
              "image"),
          post(
              "bluesky",
              "https://bsky.app/profile/jane.bsky.social/post/3l4omssdl632g",
              "https://bsky.app/profile/jane.bsky.social/post/3l4omssdl632g",
              "jane.bsky.social",
              "Look",
              "image"),
          post(
              "googledrive",
              "https://drive.google.com/file/d/1AbCdEfGhIjKlMnOpQrStUvWxYz012345/view?usp=sharing",
              "https://drive.google.com/file/d/1AbCdEfGhIjKlMnOpQrStUvWxYz012345/view",
              NONE,
              NONE,
              "video"),
          post(
              "telegram",
              "https://t.me/s/durov/43",
              "https://t.me/durov/43",
              "durov",
              "Look",
              "image"),
          post(
              "bitchute",
              "https://www.bitchute.com/video/hLTrv5iA1wYf/",
              "https://www.bitchute.com/video/hLTrv5iA1wYf/",
              "Jane",
              "Look",
              "video"),
          post(
              "rumble",
              "https://rumble.com/embed/vzz99z/?pub=4",
              "https://rumble.com/embed/vzz99z/",
              "Jane",
              "Look",
              "video"),
          post(
              "linkedin",
              "https://www.linkedin.com/posts/jane_x-activity-7151241570371948544-4Gu7",
              "https://www.linkedin.com/feed/update/urn:li:activity:7151241570371948544/",
              "Jane",
              "Look",
              "image"),
          post(
              "web",
              "https://news.example.org/video-story",
              "https://news.example.org/video-story",
              "Jane",
              "Look",
              "video"),
          post(
              "web",
              "https://news.example.org/picture-story",
              "https://news.example.org/picture-story",
              NONE,
              NONE,
              "image"),
          post(
              "web",
              "https://files.example.org/file.jpg",
              "https://files.example.org/file.jpg",
              NONE,
              NONE,
              "image"),
          refused("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "platform.excluded"),
          refused("https://bit.ly/3xYz", "platform.excluded"),
          refused("https://www.instagram.com/stories/jane/123/", "platform.login-required"),
          refused("https://vimeo.com/76979871", "link.unsupported"),
          refused("https://news.example.org/words", "link.unsupported"),
          refused("https://x.com/jane/status/12", "post.deleted"));

  @TempDir static Path work;

  private static final Map<String, JsonNode> RESULTS = new HashMap<>();
  private static int exitCode;
  private static String errors;

  @BeforeAll
  static void analyseAll() throws Exception {
    TestMedia media = new TestMedia(work);
    try (LoopbackPlatforms platforms =
        new LoopbackPlatforms(
            Files.readAllBytes(media.photo("photo.jpg", 11)),
            Files.readAllBytes(media.video("video.mp4")),
            Files.readAllBytes(media.silentVideo("picture.mp4")),
            Files.readAllBytes(media.audio("sound.m4a")))) {
      List<String> command = new ArrayList<>(List.of("analyze", "--json"));
      CASES.forEach(one -> command.add(one.url()));
      TouchstoneProcess.Run run =
          TouchstoneProcess.run(
              work,
              Map.of(
                  "TOUCHSTONE_FETCH_STAND_IN",
                  platforms.address(),
                  "TOUCHSTONE_RESOLVER_YT_DLP",
                  "/nowhere/yt-dlp"),
              command.toArray(String[]::new));
      exitCode = run.exitCode();
      errors = run.err();
      run.out()
          .lines()
          .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class))
          .forEach(result -> RESULTS.put(result.path("input").asText(), result));
    }
  }

  static Stream<Case> posts() {
    return CASES.stream().filter(one -> one.problem() == null);
  }

  static Stream<Case> refusals() {
    return CASES.stream().filter(one -> one.problem() != null);
  }

  private static JsonNode result(Case of) {
    assertThat(RESULTS).as(errors).containsKey(of.url());
    return RESULTS.get(of.url());
  }

  @ParameterizedTest
  @MethodSource("posts")
  void reachesAVerdictOnAPost(Case expected) {
    JsonNode result = result(expected);

    assertThat(result.path("status").asText()).as(result + errors).isEqualTo("complete");
    assertThat(result.path("verdict").path("level").asText()).isEqualTo("insufficient-evidence");
    assertThat(result.path("verdict").path("perMedia")).hasSize(expected.modalities().size());
    assertThat(result.path("reports").findValuesAsText("detector")).contains("metadata");
    assertThat(result.path("media"))
        .extracting(item -> item.path("modality").asText())
        .isEqualTo(expected.modalities());
  }

  @ParameterizedTest
  @MethodSource("posts")
  void keepsThePostsFacts(Case expected) {
    JsonNode media = result(expected).path("media");
    for (int i = 0; i < media.size(); i++) {
      JsonNode source = media.path(i).path("source");
      assertThat(source.path("platform").asText()).isEqualTo(expected.platform());
      assertThat(source.path("postUrl").asText()).isEqualTo(expected.postUrl());
      assertThat(source.path("author").asText()).isEqualTo(expected.author());
      assertThat(source.path("context").path("text").asText()).isEqualTo(expected.text());
      assertThat(source.path("ordinal").asInt()).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void saysWhyThereIsNothing(Case expected) {
    JsonNode result = result(expected);

    assertThat(result.path("status").asText()).isEqualTo("failed");
    assertThat(result.path("error").path("type").asText()).isEqualTo(expected.problem());
    assertThat(result.path("media")).isEmpty();
  }

  @Test
  void saysThatNotEverythingCouldBeResolved() {
    assertThat(exitCode).as(errors).isEqualTo(3);
    assertThat(RESULTS).hasSize(CASES.size());
  }

  @Test
  void putsAVideosPictureAndSoundTogether() {
    JsonNode video = RESULTS.get("https://redd.it/18wdun7").path("media").path(0);

    assertThat(video.path("hasAudio").asBoolean()).isTrue();
    assertThat(video.path("width").asInt()).isEqualTo(320);
    assertThat(video.path("durationSeconds").asDouble()).isBetween(1.5, 2.5);
  }

  @Test
  void keepsDescriptionsAndWhatReadersAdded() {
    JsonNode context =
        RESULTS.get("https://t.co/AbC").path("media").path(0).path("source").path("context");

    assertThat(context.path("altText").asText()).isEqualTo("a cat");
    assertThat(context.path("communityNotes").path(0).asText()).isEqualTo("This is from 2019.");
    assertThat(context.path("authorId").asText()).isEqualTo("44");
  }

  @Test
  void saysThatYtDlpIsMissing() {
    assertThat(RESULTS.get("https://vimeo.com/76979871").path("error").path("detail").asText())
        .contains("yt-dlp", "not installed");
  }
}
