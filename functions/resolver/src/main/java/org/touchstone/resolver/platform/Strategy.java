package org.touchstone.resolver.platform;

import java.io.IOException;
import org.touchstone.domain.ProblemException;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.post.Post;

/** One way of getting a post's media: a platform's API, a vendor's API, or the post's page. */
@FunctionalInterface
public interface Strategy {
  /**
   * @throws ProblemException of the type that gives the reason when this way finds no media
   * @throws IOException for an internal fault that may be cured by trying again
   */
  Post extract(PostLink link) throws IOException;
}
