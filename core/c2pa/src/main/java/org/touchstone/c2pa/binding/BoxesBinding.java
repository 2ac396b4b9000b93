package org.touchstone.c2pa.binding;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.touchstone.c2pa.asset.AssetFile;
import org.touchstone.c2pa.asset.Container;
import org.touchstone.c2pa.asset.Span;
import org.touchstone.c2pa.jumbf.Cbor;
import org.touchstone.c2pa.status.Code;
import org.touchstone.c2pa.status.StatusLog;

/** A box hash: hashes of groups of a file's parts, which must be all of its parts in order. */
final class BoxesBinding {
  private static final String PNG_SIGNATURE = "PNGh";

  private final AssetFile file;
  private final List<Container.Part> parts;

  BoxesBinding(AssetFile file, List<Container.Part> parts) {
    this.file = file;
    this.parts = parts;
  }

  void check(JsonNode assertion, HashAlgorithm algorithm, String url, StatusLog log)
      throws IOException {
    JsonNode boxes = assertion.path("boxes");
    if (!boxes.isArray() || boxes.isEmpty()) {
      log.add(Code.ASSERTION_BOXES_HASH_MALFORMED, url, "it names no boxes");
      return;
    }
    int at = startsAfterSignature(boxes) ? 1 : 0;
    for (JsonNode box : boxes) {
      JsonNode names = box.path("names");
      if (!names.isArray() || names.isEmpty()) {
        log.add(Code.ASSERTION_BOXES_HASH_MALFORMED, url, "a group has no names");
        return;
      }
      for (int i = 0; i < names.size(); i++) {
        if (at + i >= parts.size() || !parts.get(at + i).name().equals(names.get(i).asText())) {
          log.add(
              Code.ASSERTION_BOXES_HASH_UNKNOWN_BOX, url, "the file's parts are others than named");
          return;
        }
      }
      Span first = parts.get(at).span();
      Span last = parts.get(at + names.size() - 1).span();
      at += names.size();
      boolean isStore = names.size() == 1 && names.get(0).asText().equals(Container.C2PA_PART);
      if (isStore) {
        continue;
      }
      if (box.path("excluded").asBoolean(false)) {
        log.add(Code.ASSERTION_BOXES_HASH_ADDITIONAL_EXCLUSIONS, url);
        continue;
      }
      String name = box.path("alg").asText(null);
      Optional<HashAlgorithm> own = name == null ? Optional.of(algorithm) : HashAlgorithm.of(name);
      if (own.isEmpty()) {
        log.add(Code.ALGORITHM_UNSUPPORTED, url, "hash algorithm " + name);
        return;
      }
      byte[] hash = Cbor.binary(box.get("hash"));
      Span group = new Span(first.start(), last.end() - first.start());
      if (hash == null
          || !MessageDigest.isEqual(hash, FileHash.of(file, own.get(), List.of(group)))) {
        log.add(Code.ASSERTION_BOXES_HASH_MISMATCH, url);
        return;
      }
    }
    if (at != parts.size()) {
      log.add(Code.ASSERTION_BOXES_HASH_UNKNOWN_BOX, url, "the file has more parts than are named");
      return;
    }
    log.add(Code.ASSERTION_BOXES_HASH_MATCH, url);
  }

  /** Older writers did not name a PNG's signature. */
  private boolean startsAfterSignature(JsonNode boxes) {
    return !parts.isEmpty()
        && parts.getFirst().name().equals(PNG_SIGNATURE)
        && !boxes.get(0).path("names").path(0).asText().equals(PNG_SIGNATURE);
  }
}
