package org.touchstone.resolver.platform;

import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;

/**
 * A web page that a platform answered with, and not a page that stands in its way.
 *
 * @param reply the answer
 * @param html its content
 */
public record Page(Reply reply, Document html) {
  /** All headers, by lower-case name. */
  public Map<String, List<String>> headers() {
    return reply.headers();
  }

  /** The content as text. */
  public String text() {
    return reply.text();
  }
}
