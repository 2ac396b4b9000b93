package org.touchstone.domain;

import java.time.Instant;

/**
 * Where a medium was found.
 *
 * @param platform the platform's name, {@code web} for a direct link, {@code upload} for a file
 * @param postUrl the canonical link to the post, or the direct link; absent for an upload
 * @param author the account that posted it, when known
 * @param postedAt when it was posted, when known
 * @param ordinal position within the post, from 0
 * @param context what the post says about it; absent when nothing is known
 * @param quoted whether it is another post's, which this one quotes or passes on, so that the
 *     author is not known to be its own; absent for false
 */
public record MediaSource(
    String platform,
    String postUrl,
    String author,
    Instant postedAt,
    int ordinal,
    PostContext context,
    Boolean quoted) {

  public MediaSource {
    context = PostContext.NONE.equals(context) ? null : context;
    quoted = Boolean.TRUE.equals(quoted) ? quoted : null;
  }

  /** The source of a medium of the post itself. */
  public MediaSource(
      String platform,
      String postUrl,
      String author,
      Instant postedAt,
      int ordinal,
      PostContext context) {
    this(platform, postUrl, author, postedAt, ordinal, context, null);
  }

  /** Whether it is a medium of the author's own post. */
  public boolean belongsToAuthor() {
    return author != null && quoted == null;
  }

  /** A source without a post's context. */
  public MediaSource(
      String platform, String postUrl, String author, Instant postedAt, int ordinal) {
    this(platform, postUrl, author, postedAt, ordinal, null);
  }
}
