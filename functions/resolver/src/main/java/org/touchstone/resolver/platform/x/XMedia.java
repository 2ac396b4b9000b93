package org.touchstone.resolver.platform.x;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.DeclaredAi;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.platform.Videos;
import org.touchstone.resolver.platform.Videos.Encoding;
import org.touchstone.resolver.post.PostMedia;

/** The parts that both of X's APIs share. */
final class XMedia {
  private static final Pattern PHOTO = Pattern.compile("(/media/[A-Za-z0-9_-]+)\\.([a-z0-9]{2,5})");
  private static final double MILLIS = 1000;

  private XMedia() {}

  /** A photo at its uploaded size. */
  static WebLink original(WebLink photo) {
    Matcher path = PHOTO.matcher(photo.path());
    return path.matches()
        ? new WebLink(
            photo.scheme(),
            photo.host(),
            photo.port(),
            path.group(1),
            "format=" + path.group(2) + "&name=orig")
        : photo;
  }

  /** Whether X shows a medium of a post. */
  static boolean isShown(JsonNode item) {
    String status = Nodes.text(item, "ext_media_availability", "status");
    return status == null || status.equalsIgnoreCase("available");
  }

  /** Why X does not show a medium. */
  static Problem whyNotShown(JsonNode item) {
    return PostProblems.said(Nodes.text(item, "ext_media_availability", "reason"))
        .orElse(PostProblems.NOT_SHOWN);
  }

  /**
   * A photo.
   *
   * @throws ProblemException {@link ProblemType#POST_UNAVAILABLE} when it has no address
   */
  static PostMedia photo(Optional<WebLink> photo, String altText) {
    return PostMedia.of(
        original(photo.orElseThrow(() -> new ProblemException(PostProblems.NOT_SHOWN))), altText);
  }

  /**
   * A video or GIF.
   *
   * @param variants objects with {@code content_type}, {@code url} and a bit rate
   * @param bitRate the bit rate's field name
   */
  static PostMedia video(
      JsonNode variants, String bitRate, long durationMillis, long maxBytes, String altText) {
    List<Encoding> encodings = encodings(variants, bitRate, "video/mp4");
    return PostMedia.of(
        Videos.best(
            encodings.isEmpty() ? encodings(variants, bitRate, "application/x-mpegURL") : encodings,
            durationMillis / MILLIS,
            maxBytes),
        altText);
  }

  private static List<Encoding> encodings(JsonNode variants, String bitRate, String type) {
    List<Encoding> encodings = new ArrayList<>();
    for (JsonNode variant : variants) {
      Optional<WebLink> link = Nodes.link(variant, "url");
      if (link.isPresent() && type.equals(Nodes.text(variant, "content_type"))) {
        encodings.add(new Encoding(link.get(), Nodes.number(variant, bitRate), 0));
      }
    }
    return encodings;
  }

  /** Removes the short links to a post's own media that X appends to its text. */
  static String withoutOwnLinks(String text) {
    return text == null ? null : text.replaceAll("(\\s*https://t\\.co/[A-Za-z0-9]+)+\\s*$", "");
  }

  static String canonical(String user, String id) {
    return "https://x.com/" + (user == null ? "i" : user) + "/status/" + id;
  }

  /** The author's label that a post has media made by a generator; null without one. */
  static DeclaredAi label(JsonNode tweet) {
    boolean generated =
        Nodes.at(tweet, "content_disclosure", "ai_generated_disclosure", "has_ai_generated_media")
            .asBoolean(false);
    return generated
        ? new DeclaredAi(
            DeclaredAi.Extent.GENERATED, DeclaredAi.By.AUTHOR, "has_ai_generated_media")
        : null;
  }
}
