package org.touchstone.resolver.platform.tiktok;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.DeclaredAi;
import org.touchstone.domain.MissingMedium;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

class TikTokTest {
  private static final String URL =
      "https://www.tiktok.com/@jane/video/7157421288976387333?lang=en";
  private static final String SITE = "www.tiktok.com";
  private static final String PATH = "/@_/video/7157421288976387333";

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  private static String page(String detail) {
    return "<html><body><script id=\"__UNIVERSAL_DATA_FOR_REHYDRATION__\""
        + " type=\"application/json\">"
        + "{\"__DEFAULT_SCOPE__\":{\"webapp.app-context\":{},\"webapp.video-detail\":"
        + detail
        + "}}</script></body></html>";
  }

  private static String item(String media) {
    return "{\"statusCode\":0,\"itemInfo\":{\"itemStruct\":{\"id\":\"7157421288976387333\","
        + "\"desc\":\"Look\",\"createTime\":\"1666500000\",\"textLanguage\":\"en\","
        + "\"author\":{\"id\":\"68\",\"uniqueId\":\"jane.d\",\"nickname\":\"Jane\"},"
        + media
        + "}}}";
  }

  private static final String VIDEO =
      """
      "video":{"duration":19,"width":576,"height":1024,
        "playAddr":"https://v16.tiktok.com/play.mp4","downloadAddr":"https://v16.tiktok.com/mark.mp4",
        "bitrateInfo":[
         {"Bitrate":800000,"PlayAddr":{"Width":576,"Height":1024,"UrlList":["https://v16.tiktok.com/low.mp4"]}},
         {"Bitrate":1800000,"PlayAddr":{"Width":1080,"Height":1920,
           "UrlList":["https://v16.tiktok.com/high.mp4","https://v19.tiktok.com/high.mp4"]}}]}\
      """;

  @Test
  void takesTheBestEncodingAndShowsThePagesCookies() throws IOException {
    web.serve(
        SITE,
        PATH,
        200,
        Map.of("Set-Cookie", "tt_chain_token=abc==; Path=/; Domain=tiktok.com; Secure"),
        page(item(VIDEO)));

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post)).containsExactly("https://v16.tiktok.com/high.mp4");
    assertThat(post.media().getFirst().headers())
        .containsEntry("Cookie", "tt_chain_token=abc==")
        .containsEntry("Referer", "https://www.tiktok.com/");
    assertThat(post.url()).isEqualTo("https://www.tiktok.com/@jane.d/video/7157421288976387333");
    assertThat(post.author()).isEqualTo("jane.d");
    assertThat(post.postedAt()).isEqualTo(Instant.ofEpochSecond(1666500000));
    assertThat(post.context().text()).isEqualTo("Look");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"aigcLabelType\":1 | aigcLabelType 1",
        "\"aigcLabelType\":\"2\" | aigcLabelType 2",
        "\"aigcLabelType\":0,\"AIGCDescription\":\"Creator labeled\" | AIGCDescription",
        "\"aigcLabelType\":0,\"AIGCDescription\":\"\" |",
        "\"IsAigc\":false |"
      })
  void tellsTheLabelThatAGeneratorMadeIt(String field, String value) throws IOException {
    web.serve(SITE, PATH, page(item(field + "," + VIDEO)));

    DeclaredAi label = web.find(URL).context().declaredAi();

    assertThat(label)
        .isEqualTo(value == null ? null : new DeclaredAi(DeclaredAi.Extent.GENERATED, null, value));
  }

  @Test
  void takesTheOnlyEncodingWhereNoOthersAreListed() throws IOException {
    web.serve(
        SITE, PATH, page(item("\"video\":{\"playAddr\":\"https://v16.tiktok.com/play.mp4\"}")));

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post)).containsExactly("https://v16.tiktok.com/play.mp4");
    assertThat(post.media().getFirst().headers()).doesNotContainKey("Cookie");
  }

  @Test
  void readsPhotoPostsInOrder() throws IOException {
    web.serve(
        SITE,
        PATH,
        page(
            item(
                """
                "imagePost":{"images":[
                 {"imageURL":{"urlList":["https://p16.tiktokcdn.com/1.jpeg","https://p19.tiktokcdn.com/1.jpeg"]}},
                 {"imageURL":{"urlList":["https://p16.tiktokcdn.com/2.jpeg"]}}]},"video":{}\
                """)));

    Post post = web.find("https://www.tiktok.com/@jane/photo/7157421288976387333");

    assertThat(PlatformServer.media(post))
        .containsExactly("https://p16.tiktokcdn.com/1.jpeg", "https://p16.tiktokcdn.com/2.jpeg");
    assertThat(post.url()).isEqualTo("https://www.tiktok.com/@jane.d/photo/7157421288976387333");
  }

  @Test
  void followsShortLinks() throws IOException {
    web.redirect("vm.tiktok.com", "/ZMabc123/", "https://www.tiktok.com/t/ZMabc123/");
    web.redirect(SITE, "/t/ZMabc123/", "https://m.tiktok.com/v/7157421288976387333.html?u_code=1");
    web.serve(SITE, PATH, page(item(VIDEO)));

    assertThat(web.find("https://vm.tiktok.com/ZMabc123/").author()).isEqualTo("jane.d");
  }

  @ParameterizedTest
  @CsvSource({
    "10204,post.unavailable",
    "10216,post.private",
    "10222,post.private",
    "10231,post.unavailable"
  })
  void readsItsStatusCodes(int status, String code) throws IOException {
    web.serve(SITE, PATH, page("{\"statusCode\":" + status + ",\"statusMsg\":\"x\"}"));

    assertThat(web.problem(URL).type().code()).isEqualTo(code);
  }

  @Test
  void takesAVideoForAdultsWhereTikTokPlaysItToGuests() throws IOException {
    web.serve(SITE, PATH, page(item("\"isContentClassified\":true," + VIDEO)));
    assertThat(web.media(URL)).containsExactly("https://v16.tiktok.com/high.mp4");

    web.serve(SITE, PATH, page(item("\"isContentClassified\":true,\"video\":{\"playAddr\":\"\"}")));
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_AGE_RESTRICTED);
  }

  @Test
  void readsAnAddressWithinAList() throws IOException {
    web.serve(
        SITE,
        PATH,
        page(item("\"video\":{\"playAddr\":[{\"src\":\"https://v16.tiktok.com/play.mp4\"}]}")));

    assertThat(web.media(URL)).containsExactly("https://v16.tiktok.com/play.mp4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"CodecType\":\"bytevc2\",\"PlayAddr\":{",
        "\"GearName\":\"adapt_bytevc2_1080_1\",\"PlayAddr\":{",
        "\"PlayAddr\":{\"UrlKey\":\"v_bytevc2_1080p_9000000\","
      })
  void takesNoEncodingThatNothingCanDecode(String encoding) throws IOException {
    String unreadable =
        "{\"Bitrate\":9000000," + encoding + "\"UrlList\":[\"https://v16.tiktok.com/own.mp4\"]}}";
    web.serve(
        SITE,
        PATH,
        page(
            item(
                "\"video\":{\"bitrateInfo\":["
                    + unreadable
                    + ",{\"Bitrate\":700000,\"CodecType\":\"h264\",\"PlayAddr\":{\"UrlKey\":\"v_h264_540p\","
                    + "\"UrlList\":[\"https://v16.tiktok.com/h264.mp4\"]}}]}")));
    assertThat(web.media(URL)).containsExactly("https://v16.tiktok.com/h264.mp4");

    web.serve(SITE, PATH, page(item("\"video\":{\"bitrateInfo\":[" + unreadable + "]}")));
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.MEDIA_UNSUPPORTED);
  }

  @Test
  void saysWhichPictureIsMissing() throws IOException {
    web.serve(
        SITE,
        PATH,
        page(
            item(
                "\"imagePost\":{\"images\":[{\"imageURL\":{\"urlList\":[]}},"
                    + "{\"imageURL\":{\"urlList\":[\"https://p16.tiktokcdn.com/2.jpeg\"]}}]}")));

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post)).containsExactly("https://p16.tiktokcdn.com/2.jpeg");
    assertThat(post.ordinals()).containsExactly(1);
    assertThat(post.missing()).extracting(MissingMedium::ordinal).containsExactly(0);
  }

  @Test
  void saysThatNothingIsShownWhereThePageHasNoItem() throws IOException {
    web.serve(SITE, PATH, page("{\"statusCode\":0,\"itemInfo\":{}}"));

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "item doesn't exist,post.deleted",
    "cross_border_violation,post.unavailable",
    "status_self_see,post.private",
    "author_secret,post.private"
  })
  void readsItsMessages(String message, String code) throws IOException {
    web.serve(SITE, PATH, page("{\"statusCode\":10204,\"statusMsg\":\"" + message + "\"}"));

    assertThat(web.problem(URL).type().code()).isEqualTo(code);
  }

  @Test
  void saysThatItIsTakenForARobot() throws IOException {
    web.serve(
        SITE,
        PATH,
        "<!DOCTYPE html><html><head><script id=\"slardar-config\" type=\"application/json\">{}"
            + "</script></head><body>Please wait...<p id=\"wci\" class=\"x\"></p>"
            + "<p id=\"cs\" class=\"eyJ2Ijp7fX0=\"></p></body></html>");

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.PLATFORM_ROBOT_CHECK);
  }

  @Test
  void saysThatAPageWithoutDataHasChanged() throws IOException {
    web.serve(SITE, PATH, "<html>Please wait...</html>");

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.PLATFORM_CHANGED);
  }
}
