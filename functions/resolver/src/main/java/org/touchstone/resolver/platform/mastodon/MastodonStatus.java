package org.touchstone.resolver.platform.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.markup.Markup;
import org.touchstone.resolver.markup.MarkupException;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.platform.Reply;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.post.FoundMedia;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/** Mastodon's API for a public status, which needs no key. */
public final class MastodonStatus implements Strategy {
  private static final int MAX_URL = 512;

  private final PlatformClient client;

  public MastodonStatus(PlatformClient client) {
    this.client = client;
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    WebLink endpoint =
        WebLink.parse("https://" + link.canonical().host() + "/api/v1/statuses/" + link.id("id"));
    Reply reply = client.send(FetchRequest.get(endpoint).with("Accept", "application/json"));
    if (reply.status() == 401) {
      throw new ProblemException(ProblemType.PLATFORM_LOGIN_REQUIRED);
    }
    JsonNode status = PlatformClient.content(reply);
    if (Nodes.text(status, "id") == null) {
      throw new ProblemException(
          PostProblems.said(Nodes.text(status, "error"))
              .orElse(Problem.of(ProblemType.PLATFORM_CHANGED)));
    }
    return decode(status, link);
  }

  private static Post decode(JsonNode outer, PostLink link) {
    JsonNode status = outer.path("reblog").isObject() ? outer.path("reblog") : outer;
    FoundMedia media = new FoundMedia();
    addMedia(status, media);
    // A quoted status: Mastodon keeps it within an object that says whether it may be shown.
    JsonNode quote = status.path("quote");
    media.quoted(
        () ->
            addMedia(
                quote.path("quoted_status").isObject() ? quote.path("quoted_status") : quote,
                media));
    String html = Nodes.text(status, "content");
    return new Post(
        link.platform(),
        canonical(status, link),
        Nodes.text(status, "account", "acct"),
        Nodes.time(status, "created_at"),
        new PostContext(
            Nodes.text(status, "account", "id"),
            html == null ? null : plain(html),
            Nodes.text(status, "language"),
            null),
        media);
  }

  /** The text of a post, which these servers give as HTML. */
  static String plain(String html) {
    try {
      return Markup.html(html, "").body().text();
    } catch (MarkupException e) {
      throw new ProblemException(Problem.of(ProblemType.PLATFORM_CHANGED), e);
    }
  }

  private static void addMedia(JsonNode status, FoundMedia media) {
    for (JsonNode attachment : status.path("media_attachments")) {
      Optional<WebLink> link = Nodes.link(attachment, "remote_url");
      if (link.isEmpty()) {
        link = Nodes.link(attachment, "url");
      }
      if (link.isPresent()) {
        media.add(PostMedia.of(link.get(), Nodes.text(attachment, "description")));
      } else {
        media.miss(PostProblems.NOT_SHOWN);
      }
    }
  }

  private static String canonical(JsonNode status, PostLink link) {
    return Nodes.link(status, "url")
        .map(WebLink::toString)
        .filter(url -> url.length() <= MAX_URL)
        .orElseGet(() -> link.canonical().toString());
  }
}
