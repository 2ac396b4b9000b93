package org.touchstone.c2pa.binding;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.c2pa.asset.BmffBox;
import org.touchstone.c2pa.asset.BmffFile;
import org.touchstone.c2pa.asset.Span;
import org.touchstone.c2pa.jumbf.Cbor;
import org.touchstone.c2pa.jumbf.JumbfException;
import org.touchstone.c2pa.status.Code;
import org.touchstone.c2pa.status.StatusLog;

/**
 * A hash of a file of boxes: of all bytes but those of excluded boxes, or of the blocks of its
 * media data by a tree of hashes. From version 2 on, the position of each box that is not wholly
 * excluded is hashed before its bytes.
 */
final class BmffBinding {
  /** The boxes that the specification itself excludes. */
  private static final Set<String> MANDATORY = Set.of("/uuid", "/ftyp", "/mfra");

  private static final String VERSION_1 = "c2pa.hash.bmff";
  private static final int MAX_EXCLUSIONS = 1_000;
  private static final int MAX_LOOKS = 200_000;
  private static final int FLAGS = 3;

  private final BmffFile file;
  private final HashAlgorithm algorithm;

  BmffBinding(BmffFile file, HashAlgorithm algorithm) {
    this.file = file;
    this.algorithm = algorithm;
  }

  void check(String label, JsonNode assertion, String url, StatusLog log) throws IOException {
    JsonNode exclusions = assertion.path("exclusions");
    if (!exclusions.isArray() || exclusions.isEmpty()) {
      log.add(Code.ASSERTION_BMFF_HASH_MALFORMED, url, "it excludes nothing, not even itself");
      return;
    }
    if (exclusions.size() > MAX_EXCLUSIONS) {
      throw JumbfException.overLimit("there are more than " + MAX_EXCLUSIONS + " exclusions");
    }
    byte[] hash = Cbor.binary(assertion.get("hash"));
    JsonNode merkle = assertion.path("merkle");
    if (hash == null && !merkle.isArray()) {
      log.add(Code.ASSERTION_BMFF_HASH_MALFORMED, url, "it has neither a hash nor a tree");
      return;
    }
    if (hash == null && file.at("/moof").isEmpty()) {
      log.add(Code.ASSERTION_BMFF_HASH_MALFORMED, url, "it binds the media data alone");
      return;
    }
    boolean matches;
    try {
      matches =
          (hash == null || matches(hash, exclusions, !isVersion1(label)))
              && (!merkle.isArray() || new MerkleBlocks(file, algorithm).match(merkle));
    } catch (MalformedExclusionException e) {
      log.add(Code.ASSERTION_BMFF_HASH_MALFORMED, url, e.getMessage());
      return;
    }
    for (JsonNode exclusion : exclusions) {
      if (!MANDATORY.contains(exclusion.path("xpath").asText())) {
        log.add(Code.ASSERTION_BMFF_HASH_ADDITIONAL_EXCLUSIONS, url);
        break;
      }
    }
    log.add(matches ? Code.ASSERTION_BMFF_HASH_MATCH : Code.ASSERTION_BMFF_HASH_MISMATCH, url);
  }

  private static boolean isVersion1(String label) {
    return label.equals(VERSION_1) || label.startsWith(VERSION_1 + "__");
  }

  private boolean matches(byte[] hash, JsonNode exclusions, boolean withPositions)
      throws IOException, MalformedExclusionException {
    List<Span> excluded = new ArrayList<>();
    Set<BmffBox> partly = new LinkedHashSet<>(file.boxes());
    int looks = 0;
    for (JsonNode exclusion : exclusions) {
      for (BmffBox box : file.at(exclusion.path("xpath").asText())) {
        if (++looks > MAX_LOOKS) {
          throw JumbfException.overLimit("there are too many exclusions of too many boxes");
        }
        if (isMeant(box, exclusion)) {
          exclude(box, exclusion.path("subset"), excluded, partly);
        }
      }
    }
    List<Long> positions =
        withPositions ? partly.stream().map(box -> box.span().start()).toList() : List.of();
    return MessageDigest.isEqual(
        hash, FileHash.without(file.file(), algorithm, excluded, positions));
  }

  private boolean isMeant(BmffBox box, JsonNode exclusion) throws IOException {
    JsonNode length = exclusion.path("length");
    if (length.isNumber() && length.longValue() != box.span().length()) {
      return false;
    }
    long afterHeader = box.span().start() + box.header();
    JsonNode version = exclusion.path("version");
    if (version.isNumber()
        && (file.file().size() <= afterHeader
            || file.file().read(afterHeader, 1)[0] != (byte) version.intValue())) {
      return false;
    }
    byte[] flags = Cbor.binary(exclusion.get("flags"));
    if (flags != null && !hasFlags(afterHeader + 1, flags, exclusion.path("exact"))) {
      return false;
    }
    for (JsonNode data : exclusion.path("data")) {
      byte[] value = Cbor.binary(data.get("value"));
      long offset = data.path("offset").asLong(-1);
      if (value == null
          || offset < 0
          || offset > box.span().length() - value.length
          || !Arrays.equals(file.file().read(box.span().start() + offset, value.length), value)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasFlags(long at, byte[] wanted, JsonNode exact) throws IOException {
    if (wanted.length < FLAGS || at > file.file().size() - FLAGS) {
      return false;
    }
    byte[] flags = file.file().read(at, FLAGS);
    for (int i = 0; i < FLAGS; i++) {
      boolean matches =
          exact.asBoolean(true) ? flags[i] == wanted[i] : (flags[i] | wanted[i]) == wanted[i];
      if (!matches) {
        return false;
      }
    }
    return true;
  }

  private static void exclude(
      BmffBox box, JsonNode subsets, List<Span> excluded, Set<BmffBox> partly)
      throws MalformedExclusionException {
    if (!subsets.isArray()) {
      excluded.add(box.span());
      partly.remove(box);
      return;
    }
    long from = 0;
    if (subsets.size() > MAX_EXCLUSIONS) {
      throw new MalformedExclusionException("it has too many subsets");
    }
    for (JsonNode subset : subsets) {
      long offset = subset.path("offset").asLong(-1);
      long length = subset.path("length").asLong(-1);
      if (offset < from || length < 0) {
        throw new MalformedExclusionException("subsets overlap, or are not in order");
      }
      if (offset > box.span().length()) {
        continue;
      }
      long rest = box.span().length() - offset;
      long count = length == 0 ? rest : Math.min(length, rest);
      excluded.add(new Span(box.span().start() + offset, count));
      from = length == 0 ? Long.MAX_VALUE : offset + count;
    }
  }

  /** An exclusion that breaks the rules. */
  private static final class MalformedExclusionException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedExclusionException(String message) {
      super(message);
    }
  }

  /** The hash algorithm of a part of an assertion that may name its own. */
  static Optional<HashAlgorithm> algorithmOf(JsonNode node, HashAlgorithm otherwise) {
    String name = node.path("alg").asText(null);
    return name == null ? Optional.of(otherwise) : HashAlgorithm.of(name);
  }
}
