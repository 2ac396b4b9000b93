package org.touchstone.resolver.post;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.touchstone.domain.MissingMedium;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/**
 * A post found at a link: the places of its media, and what is known of it.
 *
 * @param platform the platform's name
 * @param url the canonical link to the post
 * @param author the account that posted it, when known
 * @param postedAt when it was posted, when known
 * @param context the post's own text and further information
 * @param media the places of the media's bytes, in the post's order
 * @param missing media that the platform shows nobody, by their place among all
 */
public record Post(
    String platform,
    String url,
    String author,
    Instant postedAt,
    PostContext context,
    List<PostMedia> media,
    List<MissingMedium> missing)
    implements Extraction {
  /**
   * At most this many media per post: more than any platform shows in one, and few enough for one
   * workflow.
   */
  public static final int MAX_MEDIA = 50;

  /** Most characters kept of an author's name; platforms allow fewer, but servers may send more. */
  private static final int MAX_AUTHOR = 100;

  /**
   * @throws ProblemException {@link ProblemType#POST_TOO_MANY_MEDIA}
   */
  public Post {
    author = name(author);
    if (media.size() + missing.size() > MAX_MEDIA) {
      throw new ProblemException(ProblemType.POST_TOO_MANY_MEDIA);
    }
    media = List.copyOf(media);
    missing = List.copyOf(missing);
  }

  private static String name(String author) {
    if (author == null) {
      return null;
    }
    String plain = author.replaceAll("\\p{Cntrl}+", " ").strip();
    if (plain.codePointCount(0, plain.length()) > MAX_AUTHOR) {
      plain = plain.substring(0, plain.offsetByCodePoints(0, MAX_AUTHOR));
    }
    return plain.isEmpty() ? null : plain;
  }

  /** A post whose media can all be had. */
  public Post(
      String platform,
      String url,
      String author,
      Instant postedAt,
      PostContext context,
      List<PostMedia> media) {
    this(platform, url, author, postedAt, context, media, List.of());
  }

  /** A post with the media that were found. */
  public Post(
      String platform,
      String url,
      String author,
      Instant postedAt,
      PostContext context,
      FoundMedia found) {
    this(platform, url, author, postedAt, context, found.media(), found.missing());
  }

  /** The place of each of {@link #media} among all media of the post, from 0. */
  public List<Integer> ordinals() {
    Set<Integer> taken = missing.stream().map(MissingMedium::ordinal).collect(Collectors.toSet());
    List<Integer> ordinals = new ArrayList<>();
    for (int place = 0; ordinals.size() < media.size(); place++) {
      if (!taken.contains(place)) {
        ordinals.add(place);
      }
    }
    return ordinals;
  }

  /** A post without further information, whose media are plain links. */
  public Post(String platform, String url, String author, Instant postedAt, List<WebLink> media) {
    this(
        platform,
        url,
        author,
        postedAt,
        PostContext.NONE,
        media.stream().map(PostMedia::of).toList());
  }
}
