package org.touchstone.resolver.platform;

import java.io.IOException;
import org.touchstone.domain.ProblemException;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.post.Post;

/** One way of getting a post's media: an interface of the platform, a vendor's, or its page. */
@FunctionalInterface
public interface Strategy {
  /**
   * @throws ProblemException when there are none to be had this way, of the type that says why
   * @throws IOException when a fault of our own may be cured by trying again
   */
  Post extract(PostLink link) throws IOException;
}
