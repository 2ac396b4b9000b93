package org.touchstone.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Json;

/**
 * What is stored where an analysis has its request.
 *
 * @param request the request; empty after it was deleted
 * @param tombstone what took its place
 * @param eTag the version that was read
 */
record RequestPlace(Optional<AnalysisRequest> request, Optional<Tombstone> tombstone, String eTag) {

  static RequestPlace of(StoredObject object) {
    return isTombstone(object.body())
        ? new RequestPlace(
            Optional.empty(), Optional.of(Json.read(object.body(), Tombstone.class)), object.eTag())
        : new RequestPlace(
            Optional.of(Json.read(object.body(), AnalysisRequest.class)),
            Optional.empty(),
            object.eTag());
  }

  private static boolean isTombstone(byte[] json) {
    try {
      JsonNode tree = Json.mapper().readTree(json);
      return tree.hasNonNull("deletedAt");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
