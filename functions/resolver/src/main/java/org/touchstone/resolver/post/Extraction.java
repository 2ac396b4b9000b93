package org.touchstone.resolver.post;

import org.touchstone.domain.link.WebLink;

/** The result of examining a link: a post, or another link to examine. */
public sealed interface Extraction permits Post, Extraction.Elsewhere {

  /**
   * The link only leads to another one.
   *
   * @param link the link to continue with
   */
  record Elsewhere(WebLink link) implements Extraction {}
}
