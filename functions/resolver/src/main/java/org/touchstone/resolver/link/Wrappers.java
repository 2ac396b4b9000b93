package org.touchstone.resolver.link;

import java.util.Optional;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/** Unwraps a link that another link carries, without any request. */
public final class Wrappers {
  /** At most this many nested wrappers: more than anyone pastes. */
  private static final int MAX_DEPTH = 6;

  private Wrappers() {}

  /**
   * The innermost link.
   *
   * @throws ProblemException when the inner link is not a web address, or the nesting is deeper
   *     than anyone pastes
   */
  public static WebLink unwrap(WebLink link) {
    WebLink at = link;
    for (int depth = 0; depth <= MAX_DEPTH; depth++) {
      Optional<WebLink> within = within(at);
      if (within.isEmpty()) {
        return at;
      }
      at = within.get();
    }
    throw new ProblemException(ProblemType.LINK_TOO_MANY_REDIRECTS);
  }

  private static Optional<WebLink> within(WebLink link) {
    LinkText text = LinkText.of(link);
    return WrapperTable.ALL.stream()
        .flatMap(wrapper -> wrapper.within(link, text).stream())
        .findFirst();
  }
}
