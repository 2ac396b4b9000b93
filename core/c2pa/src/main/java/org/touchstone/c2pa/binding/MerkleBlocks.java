package org.touchstone.c2pa.binding;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.c2pa.asset.BmffBox;
import org.touchstone.c2pa.asset.BmffFile;
import org.touchstone.c2pa.asset.Span;
import org.touchstone.c2pa.jumbf.Cbor;
import org.touchstone.c2pa.jumbf.JumbfException;

/**
 * Trees of hashes over the blocks of a file's {@code mdat} boxes: one tree for each box, whose rows
 * are made by hashing two neighbours together; a last one without a neighbour moves up as it is.
 */
final class MerkleBlocks {
  private static final int MAX_BLOCKS = 1_000_000;

  /** The specification leaves this much of each box out, whatever its header's length. */
  private static final int EXCLUDED = 16;

  private final BmffFile file;
  private final HashAlgorithm algorithm;

  MerkleBlocks(BmffFile file, HashAlgorithm algorithm) {
    this.file = file;
    this.algorithm = algorithm;
  }

  /**
   * Whether all blocks have the hashes of the trees.
   *
   * @throws JumbfException {@linkplain JumbfException#isOverLimit over a limit} for fragmented
   *     files, whose trees are not read
   */
  boolean match(JsonNode trees) throws IOException {
    if (!file.at("/moof").isEmpty()) {
      throw JumbfException.overLimit("hashes of fragmented files are not read");
    }
    List<BmffBox> media = file.at("/mdat");
    if (media.size() != trees.size()) {
      return false;
    }
    List<Proof> proofs = proofs();
    int proof = 0;
    for (int i = 0; i < media.size(); i++) {
      JsonNode tree = trees.get(i);
      Optional<HashAlgorithm> own = BmffBinding.algorithmOf(tree, algorithm);
      List<Span> blocks = blocks(media.get(i).span(), tree);
      int count = tree.path("count").asInt(-1);
      if (own.isEmpty() || blocks.size() != count) {
        return false;
      }
      if (!proofs.isEmpty() && proof + count > proofs.size()) {
        return false;
      }
      List<Proof> ofTree = proofs.isEmpty() ? List.of() : proofs.subList(proof, proof + count);
      proof += ofTree.size();
      if (!matches(tree.path("hashes"), blocks, ofTree, own.get())) {
        return false;
      }
    }
    return proof == proofs.size();
  }

  /**
   * The way from a block to the row of the tree that the assertion has.
   *
   * @param location number of the block, from 0
   * @param hashes the neighbours on the way
   */
  private record Proof(int location, List<byte[]> hashes) {}

  private List<Proof> proofs() throws IOException {
    List<Proof> proofs = new ArrayList<>();
    for (BmffFile.C2paBox box : file.c2paBoxes()) {
      if (!box.purpose().equals("merkle")) {
        continue;
      }
      if (box.data().length() > Cbor.MAX_BYTES || proofs.size() == MAX_BLOCKS) {
        throw JumbfException.overLimit("there are too many hashes of blocks");
      }
      JsonNode map =
          Cbor.read(
              ByteBuffer.wrap(file.file().read(box.data().start(), (int) box.data().length())));
      List<byte[]> hashes = new ArrayList<>();
      for (JsonNode hash : map.path("hashes")) {
        hashes.add(hash.isBinary() ? hash.binaryValue() : new byte[0]);
      }
      proofs.add(new Proof(map.path("location").asInt(-1), hashes));
    }
    return proofs;
  }

  private static List<Span> blocks(Span box, JsonNode tree) throws JumbfException {
    long at = box.start() + Math.min(EXCLUDED, box.length());
    long left = box.end() - at;
    JsonNode fixed = tree.path("fixedBlockSize");
    JsonNode variable = tree.path("variableBlockSizes");
    List<Span> blocks = new ArrayList<>();
    if (variable.isArray()) {
      for (JsonNode size : variable) {
        long length = size.asLong(-1);
        if (fixed.isNumber() || length < 0 || length > left) {
          return List.of();
        }
        blocks.add(new Span(at, length));
        at += length;
        left -= length;
      }
      return left == 0 ? blocks : List.of();
    }
    long size = fixed.isNumber() ? fixed.longValue() : Math.max(1, left);
    if (size < 1) {
      return List.of();
    }
    if (left / size > MAX_BLOCKS) {
      throw JumbfException.overLimit("there are more than " + MAX_BLOCKS + " blocks");
    }
    do {
      long length = Math.min(size, left);
      blocks.add(new Span(at, length));
      at += length;
      left -= length;
    } while (left > 0);
    return blocks;
  }

  private boolean matches(JsonNode row, List<Span> blocks, List<Proof> proofs, HashAlgorithm own)
      throws IOException {
    List<byte[]> hashes = new ArrayList<>(blocks.size());
    for (Span block : blocks) {
      hashes.add(FileHash.of(file.file(), own, List.of(block)));
    }
    if (!proofs.isEmpty()) {
      for (int i = 0; i < proofs.size(); i++) {
        if (!leads(hashes.get(i), proofs.get(i), blocks.size(), row, own)) {
          return false;
        }
      }
      return true;
    }
    while (hashes.size() > row.size() && hashes.size() > 1) {
      hashes = rowAbove(hashes, own);
    }
    if (hashes.size() != row.size()) {
      return false;
    }
    for (int i = 0; i < hashes.size(); i++) {
      if (!isEqual(row.get(i), hashes.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<byte[]> rowAbove(List<byte[]> hashes, HashAlgorithm own) {
    List<byte[]> above = new ArrayList<>((hashes.size() + 1) / 2);
    for (int i = 0; i < hashes.size(); i += 2) {
      above.add(
          i + 1 < hashes.size() ? both(hashes.get(i), hashes.get(i + 1), own) : hashes.get(i));
    }
    return above;
  }

  private static boolean leads(
      byte[] block, Proof proof, int count, JsonNode row, HashAlgorithm own) {
    int index = proof.location;
    if (index < 0 || index >= count) {
      return false;
    }
    byte[] hash = block;
    int next = 0;
    for (int width = count; width != row.size(); width = (width + 1) / 2) {
      if (width <= 1) {
        return false;
      }
      boolean isRight = index % 2 == 1;
      if (isRight || index + 1 < width) {
        if (next == proof.hashes.size()) {
          return false;
        }
        byte[] neighbour = proof.hashes.get(next++);
        hash = isRight ? both(neighbour, hash, own) : both(hash, neighbour, own);
      }
      index /= 2;
    }
    return isEqual(row.get(index), hash);
  }

  private static boolean isEqual(JsonNode expected, byte[] hash) {
    byte[] bytes = Cbor.binary(expected);
    return bytes != null && MessageDigest.isEqual(bytes, hash);
  }

  private static byte[] both(byte[] left, byte[] right, HashAlgorithm own) {
    MessageDigest digest = own.digest();
    digest.update(left);
    digest.update(right);
    return digest.digest();
  }
}
