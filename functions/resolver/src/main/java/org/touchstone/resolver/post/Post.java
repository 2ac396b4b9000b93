package org.touchstone.resolver.post;

import java.time.Instant;
import java.util.List;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/**
 * What an extractor found at a link: where the media are, and what is known of the post.
 *
 * @param platform the platform's name
 * @param url the canonical link to the post
 * @param author the account that posted it, when known
 * @param postedAt when it was posted, when known
 * @param context what else the post says
 * @param media where the media's bytes are, in the post's order
 */
public record Post(
    String platform,
    String url,
    String author,
    Instant postedAt,
    PostContext context,
    List<PostMedia> media)
    implements Extraction {
  /** Most media of a post: more than any platform shows in one, and few enough for one workflow. */
  public static final int MAX_MEDIA = 50;

  /** Most characters kept of an author's name; platforms allow fewer, servers may send more. */
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

  /** A post of which nothing else is known, with media that are just links. */
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
