package org.touchstone.c2pa.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.touchstone.c2pa.jumbf.Cbor;

/**
 * A reference to a box, with its hash.
 *
 * @param uri where it lies
 * @param algorithm the hash's algorithm; null for the claim's
 * @param hash the hash of the box without its header
 */
record HashedUri(JumbfUri uri, String algorithm, byte[] hash) {

  /** The reference in a node; empty when it is something else. */
  static Optional<HashedUri> of(JsonNode node) {
    byte[] hash = Cbor.binary(node.get("hash"));
    return hash == null
        ? Optional.empty()
        : JumbfUri.of(node.path("url").asText(null))
            .map(uri -> new HashedUri(uri, node.path("alg").asText(null), hash));
  }
}
