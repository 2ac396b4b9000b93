package org.touchstone.resolver.platform.reddit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Nodes;
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
    List<PostMedia> media = media(post);
    if (media.isEmpty()) {
      media = media(post.path("crosspost_parent_list").path(0));
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

  private List<PostMedia> media(JsonNode post) throws IOException {
    if (post.path("gallery_data").isObject()) {
      return gallery(post);
    }
    Optional<PostMedia> video = video(post.path("secure_media").path("reddit_video"));
    if (video.isEmpty()) {
      video = video(post.path("media").path("reddit_video"));
    }
    if (video.isPresent()) {
      return List.of(video.get());
    }
    Optional<WebLink> file = link(post, "url_overridden_by_dest").or(() -> link(post, "url"));
    Optional<PostMedia> medium =
        file.map(RedditPost::withoutGifv)
            .filter(url -> FILE.matcher(url.path()).matches())
            .map(PostMedia::of);
    if (medium.isEmpty()) {
      medium = video(Nodes.at(post, "preview", "reddit_video_preview"));
    }
    return medium.map(List::of).orElseGet(List::of);
  }

  /** Replaces a page that shows an MP4 under a GIF's name. */
  private static WebLink withoutGifv(WebLink link) {
    Matcher path = GIFV.matcher(link.path());
    return path.matches()
        ? new WebLink(link.scheme(), link.host(), link.port(), path.group(1) + ".mp4", link.query())
        : link;
  }

  private List<PostMedia> gallery(JsonNode post) throws IOException {
    List<PostMedia> media = new ArrayList<>();
    JsonNode items = Nodes.at(post, "gallery_data", "items");
    if (items.size() > Post.MAX_MEDIA) {
      throw new ProblemException(ProblemType.POST_TOO_MANY_MEDIA);
    }
    for (JsonNode item : items) {
      String id = Nodes.text(item, "media_id");
      if (id == null) {
        continue;
      }
      JsonNode metadata = post.path("media_metadata").path(id);
      String caption = Nodes.text(item, "caption");
      switch (String.valueOf(Nodes.text(metadata, "e"))) {
        case "Image" -> image(id, metadata).ifPresent(i -> media.add(PostMedia.of(i, caption)));
        case "AnimatedImage" ->
            link(metadata.path("s"), "mp4")
                .or(() -> link(metadata.path("s"), "gif"))
                .ifPresent(animation -> media.add(PostMedia.of(animation, caption)));
        case "RedditVideo" -> {
          Optional<WebLink> manifest = link(metadata, "dashUrl");
          if (manifest.isPresent()) {
            media.add(manifests.best(manifest.get(), Optional.empty()));
          }
        }
        default -> {}
      }
    }
    return media;
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

  private Optional<PostMedia> video(JsonNode video) throws IOException {
    Optional<WebLink> whole = link(video, "fallback_url");
    Optional<WebLink> manifest = link(video, "dash_url");
    if (manifest.isPresent()) {
      return Optional.of(manifests.best(manifest.get(), whole));
    }
    return whole.map(PostMedia::of);
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
        : new ProblemException(ProblemType.POST_DELETED, "This post was removed.");
  }
}
