package org.touchstone.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.resolver.platform.PlatformKeys;

/**
 * A post of each platform in the format of its answers. Content that extractors ignore pads each
 * answer to a realistic size. API keys are set only where a platform cannot be asked without.
 */
final class PlatformAnswers {
  private static final int PAGE_BYTES = 250_000;
  private static final int JSON_BYTES = 10_000;

  private PlatformAnswers() {}

  /**
   * @param name the platform, and the strategy where the platform has several
   */
  record Case(String name, String url, PlatformKeys keys) {}

  private static PlatformKeys keys(String x, String instagram, String facebook, String google) {
    return new PlatformKeys(
        Optional.ofNullable(x),
        Optional.empty(),
        Optional.ofNullable(instagram),
        Optional.ofNullable(facebook),
        Optional.ofNullable(google));
  }

  static List<Case> all(StandIn web) {
    List<Case> cases = new ArrayList<>();
    x(web, cases);
    meta(web, cases);
    pages(web, cases);
    open(web, cases);
    return cases;
  }

  private static void add(List<Case> cases, String name, String url) {
    cases.add(new Case(name, url, PlatformKeys.NONE));
  }

  private static void json(StandIn web, String begins, String object) {
    String filler = "\"filler\":[" + "{\"key\":\"some value\",\"n\":1234},".repeat(JSON_BYTES / 31);
    byte[] body =
        (object.strip().substring(0, object.strip().lastIndexOf('}')) + "," + filler + "0]}")
            .getBytes(UTF_8);
    web.serve(begins, target -> body);
  }

  private static void exactly(StandIn web, String begins, String text) {
    byte[] body = text.getBytes(UTF_8);
    web.serve(begins, target -> body);
  }

  /** A page of half elements, half scripts. */
  private static void page(StandIn web, String begins, String within) {
    String elements = "<div class='a b'><a href='/x?y=1'>words</a></div>".repeat(PAGE_BYTES / 100);
    String script = "<script>var a=1;" + "f(1,'words and more words');".repeat(PAGE_BYTES / 58);
    byte[] body =
        ("<!doctype html><html lang='en'><head>"
                + within
                + "</head><body>"
                + elements
                + script
                + "</script></body></html>")
            .getBytes(UTF_8);
    web.serve(begins, target -> body);
  }

  private static void x(StandIn web, List<Case> cases) {
    json(
        web,
        "cdn.syndication.twimg.com/tweet-result",
        """
        {"__typename":"Tweet","lang":"en","created_at":"2024-01-15T23:51:58.000Z","text":"Look",
         "user":{"id_str":"44196397","screen_name":"JaneDoe"},"mediaDetails":[
          {"type":"photo","media_url_https":"https://pbs.twimg.com/media/GD_abc-1.jpg"},
          {"type":"video","video_info":{"duration_millis":60000,"variants":[
            {"bitrate":632000,"content_type":"video/mp4","url":"https://video.twimg.com/a/480.mp4"},
            {"bitrate":2176000,"content_type":"video/mp4","url":"https://video.twimg.com/a/720.mp4"}]}}]}
        """);
    add(cases, "x (embedded posts)", "https://x.com/JaneDoe/status/1747047100502999141");
    json(
        web,
        "api.x.com/2/tweets/",
        """
        {"data":{"id":"1747047100502999141","text":"Look","author_id":"44196397","lang":"en",
          "created_at":"2024-01-15T23:51:58.000Z","attachments":{"media_keys":["3_2"]}},
         "includes":{"users":[{"id":"44196397","username":"JaneDoe"}],"media":[
          {"media_key":"3_2","type":"photo","url":"https://pbs.twimg.com/media/P.jpg"}]}}
        """);
    cases.add(
        new Case(
            "x (API)",
            "https://x.com/JaneDoe/status/1747047100502999141",
            keys("key", null, null, null)));
  }

  private static void meta(StandIn web, List<Case> cases) {
    json(web, "api.vetric.io/instagram/v1/url-resolver", "{\"media_id\":\"268_229\"}");
    String photo =
        """
        {"media_type":1,"image_versions2":{"candidates":[
          {"width":1440,"height":1440,"url":"https://x.cdninstagram.com/l.jpg"}]}}\
        """;
    json(
        web,
        "api.vetric.io/instagram/v1/media/268_229/info",
        "{\"items\":[{\"taken_at\":1634214321,\"code\":\"CVAksOjMuQu\",\"caption\":{\"text\":\"Look\"},"
            + "\"user\":{\"pk\":229,\"username\":\"jane\"},\"media_type\":8,\"carousel_media\":["
            + photo
            + ","
            + photo
            + "]}]}");
    cases.add(
        new Case(
            "instagram (Vetric)",
            "https://www.instagram.com/p/CVAksOjMuQu/",
            keys(null, "key", null, null)));
    json(
        web,
        "api.vetric.io/facebook/v1/posts/media/",
        """
        {"data":{"nodes":[{"__typename":"Video","id":"7267334893381498","created_time":1704305967,
          "owner":{"id":"1000","name":"Jane Doe"},"playable_duration_in_ms":20132,
          "hd_playable_url":"https://x.fbcdn.net/hd.mp4","playable_url":"https://x.fbcdn.net/sd.mp4"}]}}
        """);
    cases.add(
        new Case(
            "facebook (Vetric)",
            "https://www.facebook.com/reel/7267334893381498",
            keys(null, null, "key", null)));
    page(
        web,
        "www.threads.com/@jane/post/",
        "<script type='application/json'"
            + " data-sjs>{\"require\":[[\"x\",{\"result\":{\"data\":{\"edges\":["
            + "{\"node\":{\"thread_items\":[{\"post\":{\"code\":\"CuXFPIeLLod\",\"taken_at\":1688598059,"
            + "\"user\":{\"pk\":\"314\",\"username\":\"jane\"},\"carousel_media\":["
            + photo
            + "]}}]}}]}}}]]}</script>");
    add(cases, "threads", "https://www.threads.net/@jane/post/CuXFPIeLLod");
  }

  private static void pages(StandIn web, List<Case> cases) {
    page(
        web,
        "www.tiktok.com/",
        "<script id='__UNIVERSAL_DATA_FOR_REHYDRATION__' type='application/json'>"
            + "{\"__DEFAULT_SCOPE__\":{\"webapp.video-detail\":{\"itemInfo\":{\"itemStruct\":{\"id\":\"1\","
            + "\"desc\":\"Look\",\"createTime\":\"1666500000\",\"author\":{\"uniqueId\":\"jane.d\"},"
            + "\"video\":{\"duration\":19,\"playAddr\":\"https://v16.tiktok.com/play.mp4\"}}}}}}</script>");
    add(cases, "tiktok", "https://www.tiktok.com/@jane/video/7157421288976387333");
    exactly(
        web,
        "t.me/durov/43",
        """
        <html><div class="tgme_widget_message" data-post="durov/43">
         <a class="tgme_widget_message_photo_wrap" style="background-image:url('https://cdn4.telesco.pe/a.jpg')"></a>
         <a class="tgme_widget_message_date"><time datetime="2024-01-02T03:04:05+00:00">03:04</time></a>
        </div></html>\
        """);
    add(cases, "telegram", "https://t.me/durov/43");
    page(
        web,
        "rumble.com/v1abc2d-a-title.html",
        "<script type='application/ld+json'>[{\"@type\":\"VideoObject\",\"embedUrl\":"
            + "\"https://rumble.com/embed/vzz99z/\"}]</script>");
    json(
        web,
        "rumble.com/embedJS/u3/",
        """
        {"title":"A title","duration":60,"author":{"name":"Jane"},"ua":{"mp4":{
          "360":{"url":"https://sp.rmbl.ws/low.mp4","meta":{"bitrate":500,"w":640,"h":360}}}}}\
        """);
    add(cases, "rumble", "https://rumble.com/v1abc2d-a-title.html");
    page(
        web,
        "www.linkedin.com/",
        "<article class='main-feed-activity-card'><video data-sources='[{\"src\":"
            + "\"https://dms.licdn.com/l.mp4\",\"data-bitrate\":400000}]'></video></article>");
    add(
        cases,
        "linkedin",
        "https://www.linkedin.com/posts/jane_x-activity-7151241570371948544-4Gu7");
    page(web, "news.example.org/", "<meta property='og:video' content='/v/clip.mp4'>");
    add(cases, "web page", "https://news.example.org/2024/story");
  }

  private static void open(StandIn web, List<Case> cases) {
    exactly(
        web,
        "www.reddit.com/comments/18wdun7.json",
        "[{\"data\":{\"children\":[{\"data\":{\"id\":\"18wdun7\",\"author\":\"somebody\",\"title\":\"A"
            + " title\",\"filler\":\""
            + "words ".repeat(JSON_BYTES / 6)
            + "\",\"secure_media\":{\"reddit_video\":{\"dash_url\":"
            + "\"https://v.redd.it/abc123/DASHPlaylist.mpd\"}}}}]}}]");
    exactly(
        web,
        "v.redd.it/abc123/DASHPlaylist.mpd",
        "<MPD mediaPresentationDuration='PT47S'><Period><AdaptationSet contentType='video'>"
            + "<Representation bandwidth='206950'><BaseURL>DASH_220.mp4</BaseURL></Representation>"
                .repeat(5)
            + "</AdaptationSet><AdaptationSet contentType='audio'><Representation"
            + " bandwidth='131079'>"
            + "<BaseURL>DASH_AUDIO.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>");
    add(cases, "reddit", "https://www.reddit.com/r/pics/comments/18wdun7/a_title/");
    String status =
        """
        {"id":"111772535207072024","created_at":"2024-01-17T17:45:37.706Z","language":"en",
         "content":"<p>Look <b>here</b></p>","account":{"id":"7","acct":"jane"},"media_attachments":[
          {"id":"1","type":"image","url":"https://files.example/1.jpg","description":"a cat"}]}\
        """;
    json(
        web,
        "social.example.org/.well-known/nodeinfo",
        "{\"links\":[{\"rel\":\"http://nodeinfo.diaspora.software/ns/schema/2.0\","
            + "\"href\":\"https://social.example.org/nodeinfo/2.0\"}]}");
    json(web, "social.example.org/nodeinfo/2.0", "{\"software\":{\"name\":\"mastodon\"}}");
    json(web, "social.example.org/api/v1/statuses/", status);
    add(cases, "mastodon", "https://social.example.org/@jane/111772535207072024");
    json(web, "truthsocial.com/api/v1/statuses/", status);
    add(cases, "truth social", "https://truthsocial.com/@a/posts/111772535207072024");
    json(
        web,
        "public.api.bsky.app/xrpc/",
        """
        {"thread":{"post":{"author":{"did":"did:web:jane.example","handle":"jane.example"},
          "record":{"text":"Look","createdAt":"2024-09-21T10:00:00.123Z","langs":["en"]},
          "embed":{"$type":"app.bsky.embed.images#view","images":[{"alt":"a cat",
            "fullsize":"https://cdn.bsky.app/img/x@jpeg"}]}}}}\
        """);
    json(
        web,
        "jane.example/.well-known/did.json",
        "{\"service\":[{\"type\":\"AtprotoPersonalDataServer\",\"serviceEndpoint\":\"https://pds.example\"}]}");
    add(cases, "bluesky", "https://bsky.app/profile/jane.example/post/3l4omssdl632g");
    json(
        web,
        "www.googleapis.com/drive/v3/files/",
        "{\"name\":\"clip.mp4\",\"mimeType\":\"video/mp4\",\"owners\":[{\"displayName\":\"Jane\"}]}");
    cases.add(
        new Case(
            "google drive",
            "https://drive.google.com/file/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ012345/view",
            keys(null, null, null, "key")));
    json(
        web,
        "api.bitchute.com/api/beta/video",
        "{\"media_url\":\"https://seed1.bitchute.com/x.mp4\",\"video_name\":\"T\",\"channel\":"
            + "{\"channel_id\":\"c1\",\"channel_name\":\"Jane\"}}");
    add(cases, "bitchute", "https://www.bitchute.com/video/hLTrv5iA1wYf/");
  }
}
