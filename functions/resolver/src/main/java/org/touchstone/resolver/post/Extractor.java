package org.touchstone.resolver.post;

import java.io.IOException;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;

/**
 * Knows the links of one platform and how to find the media behind them. Exactly one of all
 * extractors claims a link.
 */
public interface Extractor {
  /** The platform's name as it appears in {@link org.touchstone.domain.MediaSource}. */
  String platform();

  /** Whether the link is this platform's; decided from the link alone. */
  boolean claims(WebLink link);

  /**
   * Finds the media of a link that this extractor claims, or the link that it leads to.
   *
   * @throws ProblemException of the type that gives the reason when no media are found
   * @throws IOException for an internal fault that may be cured by trying again
   */
  Extraction extract(WebLink link) throws IOException;
}
