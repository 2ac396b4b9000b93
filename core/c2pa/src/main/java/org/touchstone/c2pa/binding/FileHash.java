package org.touchstone.c2pa.binding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.touchstone.c2pa.asset.AssetFile;
import org.touchstone.c2pa.asset.Span;

/** Hashes of a file's bytes. */
final class FileHash {
  private static final int BLOCK = 256 << 10;

  private FileHash() {}

  /** The hash of some bytes, one span after the other. */
  static byte[] of(AssetFile file, HashAlgorithm algorithm, List<Span> spans) throws IOException {
    MessageDigest digest = algorithm.digest();
    for (Span span : spans) {
      add(file, span, digest);
    }
    return digest.digest();
  }

  /**
   * The hash of a file without some of its bytes.
   *
   * @param excluded the bytes left out; they may overlap
   * @param positions positions in the file that are hashed themselves, as 64-bit numbers, before
   *     the bytes that follow them; also those whose first byte is left out
   */
  static byte[] without(
      AssetFile file, HashAlgorithm algorithm, List<Span> excluded, List<Long> positions)
      throws IOException {
    MessageDigest digest = algorithm.digest();
    TreeSet<Long> left = new TreeSet<>(positions);
    for (Span span : remaining(file.size(), excluded)) {
      long at = span.start();
      while (at < span.end()) {
        addPositions(left, at, digest);
        Long next = left.isEmpty() ? null : left.first();
        long end = next == null ? span.end() : Math.min(span.end(), next);
        add(file, new Span(at, end - at), digest);
        at = end;
      }
    }
    return digest.digest();
  }

  private static void addPositions(TreeSet<Long> left, long upTo, MessageDigest digest) {
    while (!left.isEmpty() && left.first() <= upTo) {
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(left.pollFirst()).array());
    }
  }

  private static void add(AssetFile file, Span span, MessageDigest digest) throws IOException {
    ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK, span.length()));
    long at = span.start();
    while (at < span.end()) {
      block.clear().limit((int) Math.min(block.capacity(), span.end() - at));
      file.read(at, block);
      block.flip();
      at += block.remaining();
      digest.update(block);
    }
  }

  /** The bytes of a file that are not left out. */
  private static List<Span> remaining(long size, List<Span> excluded) {
    List<Span> sorted =
        excluded.stream()
            .filter(span -> span.length() > 0)
            .sorted(Comparator.comparingLong(Span::start))
            .toList();
    List<Span> spans = new ArrayList<>();
    long at = 0;
    for (Span span : sorted) {
      if (span.start() > at) {
        spans.add(new Span(at, span.start() - at));
      }
      at = Math.max(at, span.end());
    }
    if (at < size) {
      spans.add(new Span(at, size - at));
    }
    return spans;
  }
}
