package org.touchstone.resolver.platform.googledrive;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PageData;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformClient.Look;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.platform.RefusedKeys;
import org.touchstone.resolver.platform.Reply;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/**
 * Files on Google Drive. With a key, through its API; the key is sent in a header and so never
 * appears in a logged or stored link. Without one, from the address that browsers download from.
 */
public final class GoogleDrive {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          GoogleDriveLinks.TABLE,
          List.of(
              new Coverage(
                  "Google Drive",
                  "files shared with everyone",
                  "API; the download address",
                  "nothing; with `google-api-key` the API")),
          tools -> extractor(tools.client(), tools.keys().googleApiKey()));

  private static final String API = "https://www.googleapis.com/drive/v3/files/";
  private static final String DOWNLOAD =
      "https://drive.usercontent.google.com/download?export=download&confirm=t&id=";
  private static final String DOWNLOAD_HOST = "https://drive.usercontent.google.com/";
  private static final int UNAUTHORIZED = 401;

  /** Reasons that Google gives where the key is at fault. */
  private static final Set<String> KEY_REASONS =
      Set.of(
          "keyInvalid",
          "keyExpired",
          "badRequest",
          "accessNotConfigured",
          "ipRefererBlocked",
          "API_KEY_INVALID",
          "API_KEY_SERVICE_BLOCKED",
          "API_KEY_IP_ADDRESS_BLOCKED",
          "SERVICE_DISABLED");

  private static final String NOT_SHARED =
      "There is no such file, or it is not shared with everyone who has the link.";

  private final PlatformClient client;

  private GoogleDrive(PlatformClient client) {
    this.client = client;
  }

  /**
   * @param apiKey the key for Google's APIs, when there is one
   */
  private static PlatformExtractor extractor(PlatformClient client, Optional<String> apiKey) {
    GoogleDrive drive = new GoogleDrive(client);
    List<Strategy> strategies = new ArrayList<>();
    apiKey.ifPresent(key -> strategies.add(link -> drive.api(link, key)));
    strategies.add(drive::download);
    return new PlatformExtractor(GoogleDriveLinks.TABLE, client, strategies);
  }

  private Post api(PostLink link, String key) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Goog-Api-Key", key);
    if (link.ids().containsKey("key")) {
      headers.put("X-Goog-Drive-Resource-Keys", link.id("id") + "/" + link.id("key"));
    }
    WebLink file = WebLink.parse(API + link.id("id") + "?supportsAllDrives=true");
    FetchRequest request =
        FetchRequest.get(WebLink.parse(file + "&fields=name,mimeType,createdTime,owners"));
    for (Map.Entry<String, String> header : headers.entrySet()) {
      request = request.with(header.getKey(), header.getValue());
    }
    Reply reply = client.send(request);
    if (reply.status() == 404) {
      throw new ProblemException(ProblemType.POST_UNAVAILABLE, NOT_SHARED);
    }
    if (isOfKey(reply)) {
      throw RefusedKeys.refused("Google", "google-api-key", reply.status());
    }
    if (!reply.isSuccess()) {
      // Such as a quota for downloads of this file.
      throw PostProblems.said(Nodes.text(PageData.parse(reply.body()), "error", "message"))
          .map(ProblemException::new)
          .orElseGet(reply::problem);
    }
    JsonNode metadata = PlatformClient.content(reply);
    String type = Nodes.text(metadata, "mimeType");
    if (type == null) {
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    if (type.startsWith("application/vnd.google-apps.")) {
      throw new ProblemException(
          ProblemType.POST_NO_MEDIA, "This is not an image, video or audio file.");
    }
    return post(
        link,
        Nodes.text(metadata.path("owners").path(0), "displayName"),
        Nodes.time(metadata, "createdTime"),
        new PostContext(null, Nodes.text(metadata, "name"), null, null),
        PostMedia.of(WebLink.parse(file + "&alt=media&acknowledgeAbuse=true"))
            .withHeaders(headers));
  }

  /** Whether a refusal is about the key rather than about the file. */
  private static boolean isOfKey(Reply reply) {
    if (reply.isSuccess()) {
      return false;
    }
    JsonNode error = PageData.parse(reply.body()).path("error");
    return reply.status() == UNAUTHORIZED
        || Nodes.find(
                error, node -> KEY_REASONS.contains(String.valueOf(Nodes.text(node, "reason"))))
            .isPresent();
  }

  private Post download(PostLink link) throws IOException {
    WebLink address =
        WebLink.parse(
            DOWNLOAD
                + link.id("id")
                + (link.ids().containsKey("key") ? "&resourcekey=" + link.id("key") : ""));
    return post(link, null, null, PostContext.NONE, PostMedia.of(file(address, false)));
  }

  /**
   * The address that serves the file's bytes.
   *
   * @param form whether it is that of a form
   */
  private WebLink file(WebLink address, boolean form) throws IOException {
    Look look = client.look(address);
    Reply reply = look.reply();
    if (reply.location() != null && reply.location().host().equals("accounts.google.com")) {
      throw new ProblemException(
          ProblemType.POST_PRIVATE, "This file is not shared with everyone.");
    }
    if (reply.status() == 404) {
      throw new ProblemException(ProblemType.POST_UNAVAILABLE, NOT_SHARED);
    }
    if (reply.location() == null) {
      reply.orThrow();
    }
    return look.isPage() && reply.location() == null ? page(reply.html(), form) : address;
  }

  /**
   * The address behind a page that only warns that Drive did not look for viruses in so large a
   * file. Its form is followed once.
   */
  private WebLink page(Document page, boolean isOfForm) throws IOException {
    Element form = page.selectFirst("form#download-form[action]");
    if (form != null && !isOfForm) {
      StringJoiner query = new StringJoiner("&");
      for (Element field : form.select("input[type=hidden][name]")) {
        query.add(encode(field.attr("name")) + "=" + encode(field.attr("value")));
      }
      WebLink target = WebLink.parse(DOWNLOAD_HOST).resolve(form.attr("action"));
      if (target.host().equals(WebLink.parse(DOWNLOAD_HOST).host())) {
        return file(target.resolve("?" + query), true);
      }
    }
    throw new ProblemException(
        PostProblems.said(page.text())
            .filter(said -> said.type() == ProblemType.PLATFORM_RATE_LIMITED)
            .orElse(Problem.of(ProblemType.POST_UNAVAILABLE)));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Post post(
      PostLink link, String author, Instant at, PostContext context, PostMedia medium) {
    return new Post(
        link.platform(), link.canonical().toString(), author, at, context, List.of(medium));
  }
}
