package org.touchstone.resolver.platform.x;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.post.FoundMedia;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/** X's answer for pages that embed posts; needs no key. */
final class XSyndication implements Strategy {
  private static final String ENDPOINT = "https://cdn.syndication.twimg.com/tweet-result";

  /** Also asks for readers' notes. */
  private static final String WITH_NOTES = "&features=tfw_show_birdwatch_pivots_enabled:on";

  private static final double ID_SCALE = 1e15;
  private static final int RADIX = 36;

  private final PlatformClient client;
  private final long maxVideoBytes;

  XSyndication(PlatformClient client, long maxVideoBytes) {
    this.client = client;
    this.maxVideoBytes = maxVideoBytes;
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    String id = link.id("id");
    JsonNode tweet =
        client.json(
            FetchRequest.get(
                WebLink.parse(
                    ENDPOINT + "?id=" + id + "&token=" + token(id) + "&lang=en" + WITH_NOTES)));
    String type = Nodes.text(tweet, "__typename");
    if ("TweetTombstone".equals(type)) {
      throw new ProblemException(
          PostProblems.said(Nodes.text(tweet, "tombstone", "text", "text"))
              .orElse(Problem.of(ProblemType.POST_UNAVAILABLE)));
    }
    if (!"Tweet".equals(type)) {
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    JsonNode quoted = tweet.path("quoted_tweet");
    FoundMedia media = new FoundMedia();
    add(tweet.path("mediaDetails"), media);
    addCard(tweet, media);
    media.quoted(
        () -> {
          add(quoted.path("mediaDetails"), media);
          addCard(quoted, media);
        });
    if (media.isEmpty()) {
      XCard.of(tweet).throwReason();
    }
    String user = Nodes.text(tweet, "user", "screen_name");
    return new Post(
        link.platform(),
        XMedia.canonical(user, id),
        user,
        Nodes.time(tweet, "created_at"),
        new PostContext(
                Nodes.text(tweet, "user", "id_str"),
                XMedia.withoutOwnLinks(Nodes.text(tweet, "text")),
                Nodes.text(tweet, "lang"),
                null,
                notes(tweet, quoted))
            .with(XMedia.label(tweet)),
        media);
  }

  private static List<String> notes(JsonNode... tweets) {
    List<String> notes = new ArrayList<>();
    for (JsonNode tweet : tweets) {
      String note = Nodes.text(tweet, "birdwatch_pivot", "subtitle", "text");
      if (note != null) {
        notes.add(note);
      }
    }
    return notes;
  }

  /** An advertisement's media, which are not part of the post's own media. */
  private void addCard(JsonNode tweet, FoundMedia media) throws IOException {
    XCard card = XCard.of(tweet);
    add(card.entities(), media);
    Optional<WebLink> playlist = card.playlist();
    if (playlist.isPresent()) {
      media.read(() -> ofPlaylist(playlist.get()));
    }
    card.file().or(card::picture).map(PostMedia::of).ifPresent(media::add);
  }

  private PostMedia ofPlaylist(WebLink playlist) throws IOException {
    Document vmap = client.page(playlist).reply().xml();
    return XCard.ofPlaylist(vmap, maxVideoBytes);
  }

  /** A token derived from the id, as embedding pages derive it; X accepts any. */
  static String token(String id) {
    double scaled = Double.parseDouble(id) / ID_SCALE * Math.PI;
    long whole = (long) scaled;
    long fraction = (long) ((scaled - whole) * Math.pow(RADIX, 8));
    String token =
        (Long.toString(whole, RADIX) + Long.toString(fraction, RADIX)).replaceAll("0+", "");
    return token.isEmpty() ? "a" : token;
  }

  private void add(JsonNode items, FoundMedia media) {
    for (JsonNode item : items) {
      String altText = Nodes.text(item, "ext_alt_text");
      switch (String.valueOf(Nodes.text(item, "type"))) {
        case "photo" -> {
          if (XMedia.isShown(item)) {
            media.read(() -> XMedia.photo(Nodes.link(item, "media_url_https"), altText));
          } else {
            media.miss(XMedia.whyNotShown(item));
          }
        }
        case "video", "animated_gif" -> {
          JsonNode variants = Nodes.at(item, "video_info", "variants");
          // Some are marked as not available and play all the same.
          if (XMedia.isShown(item) || !variants.isEmpty()) {
            media.read(
                () ->
                    XMedia.video(
                        variants,
                        "bitrate",
                        Nodes.number(item, "video_info", "duration_millis"),
                        maxVideoBytes,
                        altText));
          } else {
            media.miss(XMedia.whyNotShown(item));
          }
        }
        default -> {}
      }
    }
  }
}
