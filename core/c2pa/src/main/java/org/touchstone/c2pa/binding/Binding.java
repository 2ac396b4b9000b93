package org.touchstone.c2pa.binding;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.touchstone.c2pa.asset.AssetFile;
import org.touchstone.c2pa.asset.BmffFile;
import org.touchstone.c2pa.asset.Container;
import org.touchstone.c2pa.asset.Span;
import org.touchstone.c2pa.jumbf.Cbor;
import org.touchstone.c2pa.jumbf.JumbfException;
import org.touchstone.c2pa.status.Code;
import org.touchstone.c2pa.status.StatusLog;

/** Checks an assertion that binds a claim to the bytes of a file. */
public final class Binding {
  private static final String DATA = "c2pa.hash.data";
  private static final String BOXES = "c2pa.hash.boxes";
  private static final String BMFF = "c2pa.hash.bmff";
  private static final List<String> ALL =
      List.of(DATA, BOXES, BMFF, "c2pa.hash.collection", "c2pa.hash.multi-asset");

  private final AssetFile file;
  private final Container container;
  private final Span store;
  private final boolean isUpdated;

  /**
   * @param store where the manifest store lies
   * @param isUpdated whether the store has grown since the hash was made, by update manifests
   */
  public Binding(AssetFile file, Container container, Span store, boolean isUpdated) {
    this.file = file;
    this.container = container;
    this.store = store;
    this.isUpdated = isUpdated;
  }

  /** Whether a label is that of a hard binding. */
  public static boolean isHard(String label) {
    return ALL.stream().anyMatch(hard -> isOf(label, hard));
  }

  private static boolean isOf(String label, String name) {
    return label.equals(name) || label.startsWith(name + ".v") || label.startsWith(name + "__");
  }

  /**
   * Checks an assertion.
   *
   * @param defaultAlgorithm the claim's algorithm, for an assertion without one of its own
   * @return whether it could be checked; false for a kind or an algorithm that is not supported
   */
  public boolean check(
      String label, JsonNode assertion, String defaultAlgorithm, String url, StatusLog log)
      throws IOException {
    String name = assertion.path("alg").asText(defaultAlgorithm);
    Optional<HashAlgorithm> algorithm = HashAlgorithm.of(name);
    if (algorithm.isEmpty()) {
      log.add(Code.ALGORITHM_UNSUPPORTED, url, "hash algorithm " + name);
      return false;
    }
    if (isOf(label, DATA)) {
      data(assertion, algorithm.get(), url, log);
      return true;
    }
    if (isOf(label, BOXES)) {
      return boxes(assertion, algorithm.get(), url, log);
    }
    if (isOf(label, BMFF) && container instanceof BmffFile bmff) {
      new BmffBinding(bmff, algorithm.get()).check(label, assertion, url, log);
      return true;
    }
    return false;
  }

  private void data(JsonNode assertion, HashAlgorithm algorithm, String url, StatusLog log)
      throws IOException {
    byte[] hash = Cbor.binary(assertion.get("hash"));
    if (hash == null) {
      log.add(Code.ASSERTION_DATA_HASH_MALFORMED, url, "it has no hash");
      return;
    }
    DataExclusions exclusions;
    try {
      exclusions = DataExclusions.of(assertion.path("exclusions"), file.size());
    } catch (JumbfException e) {
      log.add(Code.ASSERTION_DATA_HASH_MISMATCH, url, e.getMessage());
      return;
    }
    if (isUpdated) {
      exclusions = exclusions.grownTo(store);
    }
    if (exclusions.spans().size() > 1) {
      log.add(Code.ASSERTION_DATA_HASH_ADDITIONAL_EXCLUSIONS, url);
    }
    if (!exclusions.areWithin(file.size())) {
      log.add(Code.ASSERTION_DATA_HASH_MISMATCH, url, "an exclusion reaches out of the file");
      return;
    }
    if (exclusions.reachOutOf(store)) {
      log.add(
          Code.ASSERTION_DATA_HASH_MISMATCH,
          url,
          "the exclusion of the manifest store leaves out more than the store");
      return;
    }
    boolean matches =
        MessageDigest.isEqual(
            hash, FileHash.without(file, algorithm, exclusions.spans(), List.of()));
    log.add(matches ? Code.ASSERTION_DATA_HASH_MATCH : Code.ASSERTION_DATA_HASH_MISMATCH, url);
  }

  private boolean boxes(JsonNode assertion, HashAlgorithm algorithm, String url, StatusLog log)
      throws IOException {
    List<Container.Part> parts;
    try {
      parts = container.parts();
    } catch (UnsupportedOperationException e) {
      return false;
    }
    new BoxesBinding(file, parts).check(assertion, algorithm, url, log);
    return true;
  }
}
