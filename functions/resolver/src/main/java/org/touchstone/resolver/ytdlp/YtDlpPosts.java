package org.touchstone.resolver.ytdlp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.post.Post;

/** Posts as described by yt-dlp: one video each, with its known details. Thread-safe. */
public final class YtDlpPosts implements Strategy {
  private final YtDlp ytDlp;

  public YtDlpPosts(YtDlp ytDlp) {
    this.ytDlp = ytDlp;
  }

  /** Whether yt-dlp is not installed; every link then ends in a problem that says so. */
  public boolean isMissing() {
    return !ytDlp.isInstalled();
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    return find(link.platform(), link.canonical());
  }

  /**
   * The post at a link.
   *
   * @param platform the platform's name
   * @throws ProblemException of the type that gives the reason when no post is found
   * @throws IOException for an internal fault that may be cured by trying again
   */
  public Post find(String platform, WebLink link) throws IOException {
    return post(platform, link, onlyVideo(ytDlp.describe(link)));
  }

  /**
   * The video of a post on a platform that yt-dlp knows. Videos that merely appear on its page,
   * such as suggestions, do not count. Neither does sound alone, which is all that yt-dlp finds in
   * picture posts.
   *
   * @throws ProblemException as {@link #find}
   * @throws IOException as {@link #find}
   */
  public Post video(PostLink link) throws IOException {
    JsonNode description = ytDlp.describe(link.canonical());
    JsonNode video = onlyVideo(description);
    if (isBy("generic", description) || isBy("generic", video)) {
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    if (!new YtDlpFormats(ytDlp, link.canonical(), video).hasPicture()) {
      throw new ProblemException(ProblemType.POST_NO_MEDIA);
    }
    return post(link.platform(), link.canonical(), video);
  }

  private Post post(String platform, WebLink link, JsonNode video) {
    if (isYouTube(video)) {
      throw YtDlp.youTube();
    }
    if (video.path("is_live").asBoolean(false)
        || "is_upcoming".equals(Nodes.text(video, "live_status"))) {
      throw new ProblemException(YtDlpProblems.live());
    }
    return new Post(
        platform,
        link.toString(),
        first(video, "uploader", "channel", "creator", "artist"),
        Nodes.epochSeconds(video, "timestamp"),
        new PostContext(
            first(video, "uploader_id", "channel_id"),
            text(video),
            Nodes.text(video, "language"),
            null),
        List.of(new YtDlpFormats(ytDlp, link, video).best()));
  }

  private static JsonNode onlyVideo(JsonNode description) {
    if (!description.has("entries")) {
      return description;
    }
    if (isYouTube(description)) {
      throw YtDlp.youTube();
    }
    JsonNode entries = description.path("entries");
    return switch (entries.size()) {
      case 0 -> throw new ProblemException(ProblemType.POST_NO_MEDIA);
      case 1 -> entries.path(0).has("entries") ? throwList() : entries.path(0);
      default -> throwList();
    };
  }

  private static JsonNode throwList() {
    throw new ProblemException(
        ProblemType.LINK_UNSUPPORTED, "This link leads to several videos; link to one of them.");
  }

  private static boolean isYouTube(JsonNode video) {
    return isBy("youtube", video);
  }

  /** Whether the video was found by one of yt-dlp's extractors with that name. */
  private static boolean isBy(String extractor, JsonNode video) {
    for (String field : List.of("extractor_key", "extractor", "ie_key")) {
      String name = Nodes.text(video, field);
      if (name != null && name.toLowerCase(Locale.ROOT).startsWith(extractor)) {
        return true;
      }
    }
    return false;
  }

  private static String text(JsonNode video) {
    Set<String> texts = new LinkedHashSet<>();
    for (String field : List.of("title", "description")) {
      String text = Nodes.text(video, field);
      if (text != null) {
        texts.add(text);
      }
    }
    return String.join("\n\n", texts);
  }

  private static String first(JsonNode video, String... fields) {
    for (String field : fields) {
      String text = Nodes.text(video, field);
      if (text != null) {
        return text;
      }
    }
    return null;
  }
}
