package org.touchstone.fetch;

import java.io.IOException;

/**
 * Takes what it wants of a response. The connection is dropped when it returns or throws, however
 * much is left.
 */
@FunctionalInterface
public interface ResponseReader<T> {
  T read(FetchedResponse response) throws IOException;
}
