package org.touchstone.resolver;

import java.time.Instant;
import java.util.List;
import org.touchstone.resolver.fetch.WebLink;

/**
 * What an extractor found at a link: where the media are, and what is known of the post.
 *
 * @param platform the platform's name
 * @param url the canonical link to the post
 * @param author the account that posted it, when known
 * @param postedAt when it was posted, when known
 * @param media where the media's bytes are, in the post's order
 */
public record Post(
    String platform, String url, String author, Instant postedAt, List<WebLink> media) {
  public Post {
    media = List.copyOf(media);
  }
}
