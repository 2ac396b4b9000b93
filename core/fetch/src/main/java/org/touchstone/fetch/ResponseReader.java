package org.touchstone.fetch;

import java.io.IOException;

/**
 * Reads as much of a response as it needs. The connection is dropped when it returns or throws,
 * even if some of the body is unread.
 */
@FunctionalInterface
public interface ResponseReader<T> {
  T read(FetchedResponse response) throws IOException;
}
