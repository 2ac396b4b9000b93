package org.touchstone.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One server on the loopback interface that plays every platform, chosen by the Host header. */
final class LoopbackPlatforms implements AutoCloseable {
  private static final String DID = "did:plc:z72i7hdynmk6r22z27h6tvur";
  private static final String CID = "bafkreiaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";

  private final List<Answer> answers = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  private record Answer(String host, String begins, int status, String location, byte[] body) {}

  /**
   * @param photo bytes of every picture
   * @param video bytes of every video
   * @param picture the picture track of a video that is kept in two files
   * @param sound its sound
   */
  LoopbackPlatforms(byte[] photo, byte[] video, byte[] picture, byte[] sound) throws IOException {
    x();
    tikTok();
    meta();
    reddit();
    fediverse();
    bluesky(photo);
    sites();
    pages();
    serve("drive.usercontent.google.com", "/download?export=download", video);
    serve("v.redd.it", "/clip/DASH_AUDIO_64.mp4", sound);
    serve("v.redd.it", "/clip/DASH_240.mp4", picture);
    for (String host :
        List.of(
            "pbs.twimg.com", "x.fbcdn.net", "files.example.org", "i.redd.it", "cdn4.telesco.pe")) {
      serve(host, "/", photo);
    }
    serve("media.licdn.com", "/", photo);
    serve("news.example.org", "/cover.jpg", photo);
    serve("files.example.org", "/file.jpg", photo);
    for (String host :
        List.of("video.twimg.com", "v16.tiktok.com", "x.cdninstagram.com", "seed1.bitchute.com")) {
      serve(host, "/", video);
    }
    serve("sp.rmbl.ws", "/", video);
    serve("news.example.org", "/clip.mp4", video);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void serve(String host, String begins, byte[] body) {
    answers.add(new Answer(host, begins, 200, null, body));
  }

  private void serve(String host, String begins, String body) {
    serve(host, begins, body.getBytes(UTF_8));
  }

  private void redirect(String host, String begins, String location) {
    answers.add(new Answer(host, begins, 302, location, new byte[0]));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String host = exchange.getRequestHeaders().getFirst("Host");
    String target = exchange.getRequestURI().toString();
    exchange.getRequestBody().readAllBytes();
    Answer answer =
        answers.stream()
            .filter(a -> a.host().equals(host) && target.startsWith(a.begins()))
            .findFirst()
            .orElse(new Answer(host, target, 404, null, new byte[0]));
    if (answer.location() != null) {
      exchange.getResponseHeaders().add("Location", answer.location());
    }
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
    exchange.close();
  }

  private void x() {
    serve(
        "cdn.syndication.twimg.com",
        "/tweet-result?id=1747047100502999141&",
        """
        {"__typename":"Tweet","lang":"en","created_at":"2024-01-15T23:51:58.000Z","text":"Look",
         "user":{"id_str":"44","screen_name":"jane"},
         "birdwatch_pivot":{"subtitle":{"text":"This is from 2019."}},
         "mediaDetails":[
          {"type":"photo","media_url_https":"https://pbs.twimg.com/media/A.jpg","ext_alt_text":"a cat"},
          {"type":"video","video_info":{"variants":[
            {"content_type":"video/mp4","bitrate":1,"url":"https://video.twimg.com/v.mp4"}]}}]}""");
    redirect("t.co", "/AbC", "https://twitter.com/jane/status/1747047100502999141?s=20");
    redirect("bit.ly", "/3xYz", "https://youtu.be/dQw4w9WgXcQ");
  }

  private void tikTok() {
    serve(
        "www.tiktok.com",
        "/@_/video/7157421288976387333",
        """
        <html><script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">
        {"__DEFAULT_SCOPE__":{"webapp.video-detail":{"statusCode":0,"itemInfo":{"itemStruct":{
          "id":"7157421288976387333","desc":"Look","createTime":"1666500000",
          "author":{"id":"68","uniqueId":"jane.d"},
          "video":{"playAddr":"https://v16.tiktok.com/play.mp4"}}}}}}</script></html>""");
  }

  private void meta() {
    serve(
        "www.instagram.com",
        "/graphql/query",
        """
        {"data":{"xdt_shortcode_media":{"shortcode":"CVAksOjMuQu",
          "display_url":"https://x.fbcdn.net/c.jpg","taken_at_timestamp":1634214321,
          "owner":{"id":"229","username":"jane"},
          "edge_media_to_caption":{"edges":[{"node":{"text":"Look"}}]},
          "edge_sidecar_to_children":{"edges":[
           {"node":{"is_video":true,"video_url":"https://x.cdninstagram.com/v.mp4"}},
           {"node":{"is_video":false,"display_url":"https://x.fbcdn.net/1.jpg"}}]}}}}""");
    serve(
        "www.facebook.com",
        "/jane/posts/10115186488482141",
        """
        <html><meta property="og:title" content="Jane"><script type="application/json">
        {"a":{"__typename":"Story","post_id":"10115186488482141","attachments":[{"styles":{"attachment":
          {"all_subattachments":{"nodes":[
            {"media":{"__typename":"Photo","id":"1","image":{"uri":"https://x.fbcdn.net/1.jpg"}}}]}}}}]}}
        </script></html>""");
    serve(
        "www.threads.com",
        "/@jane/post/CuXFPIeLLod",
        """
        <html><script type="application/json">{"post":{"code":"CuXFPIeLLod","taken_at":1688598059,
          "user":{"pk":"314","username":"jane"},"caption":{"text":"Look"},
          "image_versions2":{"candidates":[{"width":9,"height":9,"url":"https://x.fbcdn.net/t.jpg"}]}}}
        </script></html>""");
  }

  private void reddit() {
    String listing =
        "[{\"data\":{\"children\":[{\"data\":{\"id\":\"x\",\"author\":\"jane\",\"author_fullname\":"
            + "\"t2_1\",\"title\":\"A title\",\"created_utc\":1704161899.0,\"permalink\":\"%s\",%s}}]}}]";
    serve(
        "www.reddit.com",
        "/comments/15k4oqr.json",
        listing.formatted(
            "/r/pics/comments/15k4oqr/a_title/",
            "\"gallery_data\":{\"items\":[{\"media_id\":\"abc\",\"caption\":\"a cat\"}]},"
                + "\"media_metadata\":{\"abc\":{\"e\":\"Image\",\"m\":\"image/jpg\"}}"));
    serve(
        "www.reddit.com",
        "/comments/18wdun7.json",
        listing.formatted(
            "/r/pics/comments/18wdun7/a_title/",
            "\"secure_media\":{\"reddit_video\":{\"dash_url\":"
                + "\"https://v.redd.it/clip/DASHPlaylist.mpd?a=1&amp;v=1\"}}"));
    serve(
        "v.redd.it",
        "/clip/DASHPlaylist.mpd?a=1&v=1",
        """
        <MPD><Period>
         <AdaptationSet contentType="video"><Representation bandwidth="9" width="320" height="240">
          <BaseURL>DASH_240.mp4</BaseURL></Representation></AdaptationSet>
         <AdaptationSet contentType="audio"><Representation bandwidth="9">
          <BaseURL>DASH_AUDIO_64.mp4</BaseURL></Representation></AdaptationSet>
        </Period></MPD>""");
  }

  private void fediverse() {
    String status =
        """
        {"id":"1","created_at":"2024-01-17T17:45:37.706Z","language":"en","url":"%s",
         "content":"<p>Look</p>","account":{"id":"7","acct":"jane"},
         "media_attachments":[{"url":"https://files.example.org/1.jpg","description":"a cat"}]}""";
    serve(
        "truthsocial.com",
        "/api/v1/statuses/113154381896339455",
        status.formatted("https://truthsocial.com/@jane/113154381896339455"));
    serve(
        "social.example.org",
        "/.well-known/nodeinfo",
        "{\"links\":[{\"rel\":\"http://nodeinfo.diaspora.software/ns/schema/2.0\",\"href\":"
            + "\"https://social.example.org/nodeinfo/2.0\"}]}");
    serve("social.example.org", "/nodeinfo/2.0", "{\"software\":{\"name\":\"mastodon\"}}");
    serve(
        "social.example.org",
        "/api/v1/statuses/111772535207072024",
        status.formatted("https://social.example.org/@jane/111772535207072024"));
  }

  private void bluesky(byte[] photo) {
    serve(
        "public.api.bsky.app",
        "/xrpc/app.bsky.feed.getPostThread",
        """
        {"thread":{"post":{"author":{"did":"%s","handle":"jane.bsky.social"},
          "record":{"text":"Look","createdAt":"2024-09-21T10:00:00.123Z","langs":["en"],
           "embed":{"$type":"app.bsky.embed.images","images":[{"alt":"a cat","image":
            {"ref":{"$link":"%s"},"mimeType":"image/jpeg"}}]}},
          "embed":{"$type":"app.bsky.embed.images#view","images":[
           {"alt":"a cat","fullsize":"https://cdn.bsky.app/x@jpeg"}]}}}}"""
            .formatted(DID, CID));
    serve(
        "plc.directory",
        "/" + DID,
        "{\"id\":\"%s\",\"service\":[{\"id\":\"#atproto_pds\",\"type\":\"AtprotoPersonalDataServer\","
                .formatted(DID)
            + "\"serviceEndpoint\":\"https://pds.example.org\"}]}");
    serve("pds.example.org", "/xrpc/com.atproto.sync.getBlob?did=", photo);
  }

  private void sites() {
    serve(
        "t.me",
        "/durov/43?embed=1&mode=tme",
        """
        <html><div class="tgme_widget_message" data-post="durov/43">
         <a class="tgme_widget_message_photo_wrap" style="background-image:url('https://cdn4.telesco.pe/a.jpg')"></a>
         <div class="tgme_widget_message_text js-message_text">Look</div>
         <a class="tgme_widget_message_date"><time datetime="2024-01-02T03:04:05+00:00">03:04</time></a>
        </div></html>""");
    serve(
        "api.bitchute.com",
        "/api/beta/video/media",
        "{\"media_url\":\"https://seed1.bitchute.com/x.mp4\"}");
    serve(
        "api.bitchute.com",
        "/api/beta/video",
        "{\"video_name\":\"Look\",\"date_published\":\"2024-01-02T03:04:05Z\",\"channel\":"
            + "{\"channel_id\":\"c1\",\"channel_name\":\"Jane\"}}");
    serve(
        "rumble.com",
        "/embedJS/u3/?request=video&ver=2&v=vzz99z",
        "{\"title\":\"Look\",\"pubDate\":\"2024-01-02T03:04:05+00:00\",\"author\":{\"name\":\"Jane\"},"
            + "\"ua\":{\"mp4\":{\"360\":{\"url\":\"https://sp.rmbl.ws/1.mp4\"}}}}");
    serve(
        "www.linkedin.com",
        "/feed/update/urn:li:activity:7151241570371948544/",
        """
        <html><article><a data-tracking-control-name="public_post_feed-actor-name">Jane</a>
         <p data-test-id="main-feed-activity-card__commentary">Look</p>
         <ul class="feed-images-content"><img data-delayed-url="https://media.licdn.com/1" alt="a cat"></ul>
        </article></html>""");
  }

  private void pages() {
    serve(
        "news.example.org",
        "/video-story",
        "<!DOCTYPE html><html lang='en'><meta property='og:video' content='/clip.mp4'>"
            + "<meta property='og:title' content='Look'><meta name='author' content='Jane'></html>");
    serve(
        "news.example.org",
        "/picture-story",
        "<!DOCTYPE html><html><meta property='og:image' content='/cover.jpg'></html>");
    serve("news.example.org", "/words", "<!DOCTYPE html><html>only words</html>");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
