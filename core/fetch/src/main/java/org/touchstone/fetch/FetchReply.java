package org.touchstone.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.touchstone.domain.link.WebLink;

/**
 * A response with any status, while it is being read.
 *
 * @param link the requested link
 * @param status the HTTP status
 * @param headers all headers, by lower-case name
 * @param location where a redirect leads; absent unless the status is that of a redirect
 * @param body the content, decoded; reading it fails like the body of a {@link FetchedResponse}
 */
public record FetchReply(
    WebLink link,
    int status,
    Map<String, List<String>> headers,
    WebLink location,
    InputStream body) {

  /** The first value of a header; absent when the reply does not have it. */
  public String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? null : values.getFirst();
  }

  /**
   * Reads as much of the reply as it needs. The connection is dropped when it returns or throws.
   */
  @FunctionalInterface
  public interface Reader<T> {
    T read(FetchReply reply) throws IOException;
  }
}
