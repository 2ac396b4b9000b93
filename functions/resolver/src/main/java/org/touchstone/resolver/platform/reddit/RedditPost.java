package org.touchstone.resolver.platform.reddit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.parser.Parser;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.DashManifests;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.post.FoundMedia;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/** A post in the form that all of Reddit's APIs share. */
final class RedditPost {
  private static final Pattern FILE =
      Pattern.compile("(?i).*\\.(jpe?g|png|gif|webp|mp4|webm|mov|mp3|m4a|avif)");
  private static final Pattern GIFV = Pattern.compile("(?i)(.*)\\.gifv");
  private static final Pattern PERMALINK = Pattern.compile("/[A-Za-z0-9_/%.-]{1,500}");
  private static final Pattern MEDIA_ID = Pattern.compile("[a-z0-9]{1,32}");

  private final DashManifests manifests;

  RedditPost(DashManifests manifests) {
    this.manifests = manifests;
  }

  /**
   * @param post the post's data
   * @throws ProblemException when it is removed or has no media
   */
  Post decode(JsonNode post, PostLink link) throws IOException {
    if (Nodes.text(post, "id") == null) {
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    FoundMedia media = media(post);
    if (media.isEmpty()) {
      media = media(post.path("crosspost_parent_list").path(0)).asQuoted();
    }
    if (media.isEmpty()) {
      throw nothing(post);
    }
    String author = Nodes.text(post, "author");
    String permalink = Nodes.text(post, "permalink");
    return new Post(
        link.platform(),
        permalink != null && PERMALINK.matcher(permalink).matches()
            ? "https://www.reddit.com" + permalink
            : link.canonical().toString(),
        "[deleted]".equals(author) ? null : author,
        Nodes.epochSeconds(post, "created_utc"),
        new PostContext(Nodes.text(post, "author_fullname"), text(post), null, null),
        media);
  }

  private FoundMedia media(JsonNode post) throws IOException {
    FoundMedia media = new FoundMedia();
    if (post.path("gallery_data").isObject()) {
      addGallery(post, media);
      return media;
    }
    Optional<JsonNode> video =
        Stream.of("secure_media", "media")
            .map(place -> post.path(place).path("reddit_video"))
            .filter(RedditPost::isVideo)
            .findFirst();
    Optional<WebLink> file =
        link(post, "url_overridden_by_dest")
            .or(() -> link(post, "url"))
            .map(RedditPost::withoutGifv)
            .filter(url -> FILE.matcher(url.path()).matches());
    JsonNode preview = Nodes.at(post, "preview", "reddit_video_preview");
    if (video.isPresent()) {
      media.read(() -> video(video.get()));
    } else if (file.isPresent()) {
      media.add(PostMedia.of(file.get()));
    } else if (isVideo(preview)) {
      media.read(() -> video(preview));
    } else {
      addInline(post, media);
    }
    return media;
  }

  /** The media between the lines of a text, in the order in which it shows them. */
  private void addInline(JsonNode post, FoundMedia media) throws IOException {
    String text = String.valueOf(Nodes.text(post, "selftext"));
    List<String> ids = new ArrayList<>();
    post.path("media_metadata").fieldNames().forEachRemaining(ids::add);
    if (ids.size() > Post.MAX_MEDIA) {
      throw new ProblemException(ProblemType.POST_TOO_MANY_MEDIA);
    }
    ids.sort(Comparator.comparingInt(id -> text.contains(id) ? text.indexOf(id) : text.length()));
    for (String id : ids) {
      add(id, post.path("media_metadata").path(id), null, media);
    }
  }

  /** Replaces a page that shows an MP4 under a GIF's name. */
  private static WebLink withoutGifv(WebLink link) {
    Matcher path = GIFV.matcher(link.path());
    return path.matches()
        ? new WebLink(link.scheme(), link.host(), link.port(), path.group(1) + ".mp4", link.query())
        : link;
  }

  private void addGallery(JsonNode post, FoundMedia media) throws IOException {
    JsonNode items = Nodes.at(post, "gallery_data", "items");
    if (items.size() > Post.MAX_MEDIA) {
      throw new ProblemException(ProblemType.POST_TOO_MANY_MEDIA);
    }
    for (JsonNode item : items) {
      String id = Nodes.text(item, "media_id");
      if (id != null) {
        add(id, post.path("media_metadata").path(id), Nodes.text(item, "caption"), media);
      }
    }
  }

  private void add(String id, JsonNode metadata, String caption, FoundMedia media)
      throws IOException {
    String status = Nodes.text(metadata, "status");
    if (status != null && !status.equals("valid")) {
      media.miss(PostProblems.NOT_SHOWN);
      return;
    }
    Optional<WebLink> file =
        switch (String.valueOf(Nodes.text(metadata, "e"))) {
          case "Image" -> image(id, metadata);
          case "AnimatedImage" ->
              link(metadata.path("s"), "mp4").or(() -> link(metadata.path("s"), "gif"));
          default -> Optional.empty();
        };
    Optional<WebLink> manifest = link(metadata, "dashUrl");
    if (file.isPresent()) {
      media.add(PostMedia.of(file.get(), caption));
    } else if (manifest.isPresent()) {
      media.read(() -> manifests.best(manifest.get(), Optional.empty()));
    } else {
      media.miss(PostProblems.NOT_SHOWN);
    }
  }

  /** The picture as uploaded, which is stored beside the previews that the gallery shows. */
  private static Optional<WebLink> image(String id, JsonNode metadata) {
    String type = Nodes.text(metadata, "m");
    if (MEDIA_ID.matcher(id).matches() && type != null && type.matches("image/[a-z]{2,5}")) {
      String ending = type.substring("image/".length());
      return Nodes.link("https://i.redd.it/" + id + "." + (ending.equals("jpeg") ? "jpg" : ending));
    }
    return link(metadata.path("s"), "u");
  }

  private static boolean isVideo(JsonNode video) {
    return link(video, "fallback_url").isPresent() || link(video, "dash_url").isPresent();
  }

  private PostMedia video(JsonNode video) throws IOException {
    Optional<WebLink> whole = link(video, "fallback_url");
    Optional<WebLink> manifest = link(video, "dash_url");
    return manifest.isPresent()
        ? manifests.best(manifest.get(), whole)
        : PostMedia.of(whole.orElseThrow());
  }

  /** Unescapes a link: Reddit escapes links in its JSON as HTML, unless asked not to. */
  private static Optional<WebLink> link(JsonNode node, String name) {
    String text = Nodes.text(node, name);
    return text == null ? Optional.empty() : Nodes.link(Parser.unescapeEntities(text, true));
  }

  private static String text(JsonNode post) {
    String title = Nodes.text(post, "title");
    String body = Nodes.text(post, "selftext");
    if (title == null || body == null) {
      return title == null ? body : title;
    }
    return title + "\n\n" + body;
  }

  private static ProblemException nothing(JsonNode post) {
    String removed = Nodes.text(post, "removed_by_category");
    return removed == null
        ? new ProblemException(ProblemType.POST_NO_MEDIA)
        : new ProblemException(
            ProblemType.POST_DELETED,
            removed.equals("deleted")
                ? "Its author deleted this post."
                : "This post was removed from Reddit.");
  }
}
