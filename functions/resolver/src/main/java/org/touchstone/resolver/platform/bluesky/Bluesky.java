package org.touchstone.resolver.platform.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.platform.Reply;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.post.FoundMedia;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/**
 * Bluesky's public API. It shows pictures and videos as re-encoded by its own servers. The original
 * files are blobs on the author's server, which the author's DID document names.
 */
public final class Bluesky implements Strategy {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          BlueskyLinks.TABLE,
          List.of(
              new Coverage(
                  "Bluesky",
                  "pictures and videos as they were posted, quoted media, linked GIFs",
                  "the public API and the author's own server",
                  "nothing")),
          tools -> extractor(tools.client()));

  private static final String API = "https://public.api.bsky.app/xrpc/";
  private static final String DIRECTORY = "https://plc.directory/";
  private static final String WEB = "did:web:";
  private static final Pattern DID =
      Pattern.compile("did:(plc:[a-z2-7]{24}|web:[a-z0-9-]+(\\.[a-z0-9-]+)+)");
  private static final Pattern CID = Pattern.compile("[a-z2-7]{20,120}");
  private static final String NO_GUESTS = "!no-unauthenticated";

  private final PlatformClient client;

  private Bluesky(PlatformClient client) {
    this.client = client;
  }

  private static PlatformExtractor extractor(PlatformClient client) {
    return new PlatformExtractor(BlueskyLinks.TABLE, client, List.of(new Bluesky(client)));
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    String uri = "at://" + link.id("actor") + "/app.bsky.feed.post/" + link.id("rkey");
    Reply reply =
        client.send(
            FetchRequest.get(
                    WebLink.parse(
                        API
                            + "app.bsky.feed.getPostThread?depth=0&parentHeight=0&uri="
                            + uri.replace(":", "%3A").replace("/", "%2F")))
                .with("Accept", "application/json"));
    if (reply.status() == 400) {
      throw badRequest(reply.json());
    }
    JsonNode thread = PlatformClient.content(reply).path("thread");
    JsonNode post = thread.path("post");
    if (!post.isObject()) {
      throw problem(Nodes.text(thread, "$type"));
    }
    refuseHidden(post);
    FoundMedia media = new FoundMedia();
    add(Nodes.at(post, "record", "embed"), post.path("embed"), post.path("author"), media);
    String handle = Nodes.text(post, "author", "handle");
    return new Post(
        link.platform(),
        "https://bsky.app/profile/"
            + (handle == null ? link.id("actor") : handle)
            + "/post/"
            + link.id("rkey"),
        handle,
        Nodes.time(post, "record", "createdAt"),
        new PostContext(
            Nodes.text(post, "author", "did"),
            Nodes.text(post, "record", "text"),
            Nodes.text(Nodes.at(post, "record", "langs").path(0)),
            null),
        media);
  }

  /**
   * Collects the media of a post and then those of the post it quotes.
   *
   * @param record the embed as posted, which names the blobs
   * @param view the embed as shown
   */
  private void add(JsonNode record, JsonNode view, JsonNode author, FoundMedia media)
      throws IOException {
    switch (kind(view)) {
      case "app.bsky.embed.images" ->
          addAll(record.path("images"), view.path("images"), author, media);
      // A post of more than four pictures.
      case "app.bsky.embed.gallery" ->
          addAll(record.path("items"), view.path("items"), author, media);
      case "app.bsky.embed.video" -> {
        Optional<WebLink> server = server(author);
        media.read(() -> video(server, view, author));
      }
      case "app.bsky.embed.external" ->
          Nodes.link(view, "external", "uri")
              .filter(link -> link.path().matches("(?i).*\\.(gif|mp4|webp|png|jpe?g)"))
              .ifPresent(
                  link ->
                      media.add(PostMedia.of(link, Nodes.text(view, "external", "description"))));
      case "app.bsky.embed.record" -> media.quoted(() -> quoted(view.path("record"), media));
      case "app.bsky.embed.recordWithMedia" -> {
        add(record.path("media"), view.path("media"), author, media);
        media.quoted(() -> quoted(Nodes.at(view, "record", "record"), media));
      }
      default -> {}
    }
  }

  private void addAll(JsonNode records, JsonNode views, JsonNode author, FoundMedia media)
      throws IOException {
    if (views.size() > Post.MAX_MEDIA) {
      throw new ProblemException(ProblemType.POST_TOO_MANY_MEDIA);
    }
    Optional<WebLink> server = server(author);
    // Only where both list the same does the place say which is which.
    boolean isAligned = records.size() == views.size();
    for (int i = 0; i < views.size(); i++) {
      JsonNode view = views.path(i);
      String blob = isAligned ? Nodes.text(records.path(i), "image", "ref", "$link") : null;
      media.read(
          () ->
              view.has("playlist")
                  ? video(server, view, author)
                  : medium(server, author, blob, Nodes.link(view, "fullsize"), view));
    }
  }

  private static PostMedia video(Optional<WebLink> server, JsonNode view, JsonNode author) {
    return medium(server, author, Nodes.text(view, "cid"), Nodes.link(view, "playlist"), view);
  }

  private static PostMedia medium(
      Optional<WebLink> server,
      JsonNode author,
      String blob,
      Optional<WebLink> shown,
      JsonNode view) {
    return PostMedia.of(
        server
            .flatMap(at -> blob(at, author, blob))
            .or(() -> shown)
            .orElseThrow(() -> new ProblemException(PostProblems.NOT_SHOWN)),
        Nodes.text(view, "alt"));
  }

  private void quoted(JsonNode quote, FoundMedia media) throws IOException {
    if (quote.path("embeds").size() > Post.MAX_MEDIA) {
      throw new ProblemException(ProblemType.POST_TOO_MANY_MEDIA);
    }
    for (JsonNode embed : quote.path("embeds")) {
      String kind = kind(embed);
      JsonNode record = Nodes.at(quote, "value", "embed");
      // A quote within a quote is not shown, so only a quote with media of its own is examined.
      if (kind.equals("app.bsky.embed.recordWithMedia")) {
        add(record.path("media"), embed.path("media"), quote.path("author"), media);
      } else if (!kind.equals("app.bsky.embed.record")) {
        add(record, embed, quote.path("author"), media);
      }
    }
  }

  private static String kind(JsonNode view) {
    String type = Nodes.text(view, "$type");
    return type == null ? "" : type.replaceFirst("#view$", "");
  }

  private static Optional<WebLink> blob(WebLink server, JsonNode author, String cid) {
    return cid == null || !CID.matcher(cid).matches()
        ? Optional.empty()
        : Optional.of(
            server.resolve(
                "/xrpc/com.atproto.sync.getBlob?did="
                    + Nodes.text(author, "did").replace(":", "%3A")
                    + "&cid="
                    + cid));
  }

  /** The server that stores an author's posts; empty when it is unknown. */
  private Optional<WebLink> server(JsonNode author) throws IOException {
    String did = Nodes.text(author, "did");
    if (did == null || !DID.matcher(did).matches()) {
      return Optional.empty();
    }
    WebLink document =
        did.startsWith(WEB)
            ? WebLink.parse("https://" + did.substring(WEB.length()) + "/.well-known/did.json")
            : WebLink.parse(DIRECTORY + did);
    try {
      for (JsonNode service : client.json(FetchRequest.get(document)).path("service")) {
        if ("AtprotoPersonalDataServer".equals(Nodes.text(service, "type"))) {
          return Nodes.link(service, "serviceEndpoint");
        }
      }
      return Optional.empty();
    } catch (ProblemException e) {
      if (!e.problem().type().isInputsFault()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static void refuseHidden(JsonNode post) {
    for (JsonNode label : Nodes.at(post, "author", "labels")) {
      if (NO_GUESTS.equals(Nodes.text(label, "val"))) {
        throw new ProblemException(
            ProblemType.PLATFORM_LOGIN_REQUIRED,
            "The author shows posts only to people who are signed in; save the media and upload them.");
      }
    }
  }

  private static ProblemException badRequest(JsonNode answer) {
    String error = String.valueOf(Nodes.text(answer, "error"));
    return new ProblemException(
        switch (error) {
          case "NotFound", "InvalidRequest" -> Problem.of(ProblemType.POST_DELETED);
          case "AccountTakedown", "RepoTakendown", "RepoSuspended" -> PostProblems.REMOVED;
          case "AccountDeactivated", "RepoDeactivated" -> Problem.of(ProblemType.POST_UNAVAILABLE);
          default ->
              PostProblems.said(Nodes.text(answer, "message"))
                  .orElse(Problem.of(ProblemType.PLATFORM_CHANGED));
        });
  }

  private static ProblemException problem(String type) {
    return new ProblemException(
        switch (type == null ? "" : type) {
          case "app.bsky.feed.defs#notFoundPost" -> ProblemType.POST_DELETED;
          case "app.bsky.feed.defs#blockedPost" -> ProblemType.POST_PRIVATE;
          default -> ProblemType.PLATFORM_CHANGED;
        });
  }
}
