package org.touchstone.resolver.post;

import org.touchstone.domain.link.WebLink;

/** What came of looking at a link: a post, or another link to look at. */
public sealed interface Extraction permits Post, Extraction.Elsewhere {

  /**
   * The link only leads to another one.
   *
   * @param link where to go on
   */
  record Elsewhere(WebLink link) implements Extraction {}
}
