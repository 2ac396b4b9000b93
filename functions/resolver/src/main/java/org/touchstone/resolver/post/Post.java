package org.touchstone.resolver.post;

import java.time.Instant;
import java.util.List;
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
 */
public record Post(
    String platform,
    String url,
    String author,
    Instant postedAt,
    PostContext context,
    List<PostMedia> media)
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
    if (media.size() > MAX_MEDIA) {
      throw new ProblemException(ProblemType.POST_TOO_MANY_MEDIA);
    }
    media = List.copyOf(media);
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
