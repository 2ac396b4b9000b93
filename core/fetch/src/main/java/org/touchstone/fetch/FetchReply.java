package org.touchstone.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.touchstone.domain.link.WebLink;

/**
 * Any response, while it is being read.
 *
 * @param link what was asked
 * @param status the HTTP status
 * @param headers all headers, by lower-case name
 * @param location where a redirect leads; absent unless the status is that of one
 * @param body the content, decoded; reading it fails as that of a {@link FetchedResponse} does
 */
public record FetchReply(
    WebLink link,
    int status,
    Map<String, List<String>> headers,
    WebLink location,
    InputStream body) {

  /** The first value of a header; absent when there is none. */
  public String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? null : values.getFirst();
  }

  /** Takes what it wants of the reply; the connection is dropped when it returns or throws. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(FetchReply reply) throws IOException;
  }
}
