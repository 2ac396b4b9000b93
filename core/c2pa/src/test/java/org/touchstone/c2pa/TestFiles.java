package org.touchstone.c2pa;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Small files of each container with a manifest store. The store's length is known before its hash:
 * a data hash has 32 bytes whatever it is, so a first try with a wrong hash gives the length.
 */
final class TestFiles {
  private TestFiles() {}

  /** Makes a store of the assertion that binds it. */
  @FunctionalInterface
  interface Maker {
    byte[] store(String label, Object binding) throws Exception;
  }

  /** Puts a store into a file. */
  @FunctionalInterface
  interface Embedding {
    byte[] file(byte[] store) throws Exception;
  }

  /** A file whose data hash leaves out the store. */
  static byte[] dataHashed(Embedding embedding, int start, Maker maker) throws Exception {
    // The length of the exclusion is itself part of the store: a first guess of the same width.
    int frame = 0;
    byte[] store = maker.store("c2pa.hash.data", dataHash(start, 100_000, new byte[32]));
    byte[] file = embedding.file(store);
    frame = file.length - embedding.file(new byte[0]).length;
    store = maker.store("c2pa.hash.data", dataHash(start, frame, new byte[32]));
    file = embedding.file(store);
    int length = file.length - embedding.file(new byte[0]).length;
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(file, 0, start);
    digest.update(file, start + length, file.length - start - length);
    return embedding.file(maker.store("c2pa.hash.data", dataHash(start, length, digest.digest())));
  }

  static Map<String, Object> dataHash(int start, int length, byte[] hash) {
    Map<String, Object> assertion = new LinkedHashMap<>();
    assertion.put("exclusions", List.of(Map.of("start", start, "length", length)));
    assertion.put("alg", "sha256");
    assertion.put("name", "jumbf manifest");
    assertion.put("hash", hash);
    assertion.put("pad", new byte[8]);
    return assertion;
  }

  /**
   * A file with a hash of the parts before its store and one of those after it.
   *
   * @param start where the store begins
   */
  static byte[] boxHashed(
      Embedding embedding, int start, List<String> before, List<String> after, Maker maker)
      throws Exception {
    byte[] bare = embedding.file(new byte[0]);
    Map<String, Object> assertion =
        Map.of(
            "alg",
            "sha256",
            "boxes",
            List.of(
                Map.of("names", before, "hash", sha256(bare, 0, start)),
                Map.of("names", List.of("C2PA"), "hash", new byte[0]),
                Map.of("names", after, "hash", sha256(bare, start, bare.length - start))));
    return embedding.file(maker.store("c2pa.hash.boxes", assertion));
  }

  static byte[] jpeg(byte[] store) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HexFormat.of().parseHex("ffd8"));
    int packet = 1;
    for (int at = 0; at < store.length; at += 60_000) {
      int length = Math.min(60_000, store.length - at);
      int repeated = at == 0 ? 0 : 8;
      ByteBuffer segment = ByteBuffer.allocate(12 + repeated + length);
      segment.putShort((short) 0xFFEB).putShort((short) (10 + repeated + length));
      segment.putShort((short) 0x4A50).putShort((short) 1).putInt(packet++);
      segment.put(store, 0, repeated).put(store, at, length);
      out.writeBytes(segment.array());
    }
    out.writeBytes(HexFormat.of().parseHex("ffe000104a46494600010100000100010000"));
    out.writeBytes(HexFormat.of().parseHex("ffda0008010100003f00"));
    out.writeBytes("picture data".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(HexFormat.of().parseHex("ffd9"));
    return out.toByteArray();
  }

  static byte[] png(byte[] store) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HexFormat.of().parseHex("89504e470d0a1a0a"));
    out.writeBytes(chunk("IHDR", new byte[13]));
    if (store.length > 0) {
      out.writeBytes(chunk("caBX", store));
    }
    out.writeBytes(chunk("IDAT", "picture data".getBytes(StandardCharsets.US_ASCII)));
    out.writeBytes(chunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  /** Where a PNG's store begins. */
  static final int PNG_START = 8 + 25;

  private static byte[] chunk(String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(name)
        .put(data)
        .putInt((int) crc.getValue())
        .array();
  }

  static byte[] webp(byte[] store) {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    chunks.writeBytes(riffChunk("VP8 ", "picture data".getBytes(StandardCharsets.US_ASCII)));
    if (store.length > 0) {
      chunks.writeBytes(riffChunk("C2PA", store));
    }
    return ByteBuffer.allocate(12 + chunks.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(4 + chunks.size())
        .put("WEBP".getBytes(StandardCharsets.US_ASCII))
        .put(chunks.toByteArray())
        .array();
  }

  /** Where a WebP's store begins. */
  static final int WEBP_START = 12 + 20;

  private static byte[] riffChunk(String type, byte[] data) {
    return ByteBuffer.allocate(8 + data.length + (data.length & 1))
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .putInt(data.length)
        .put(data)
        .array();
  }

  static final byte[] MEDIA =
      "media data of a small film, longer than sixteen bytes".getBytes(StandardCharsets.US_ASCII);

  static byte[] mp4(byte[] store) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(TestCredential.box("ftyp", "isom0000isom".getBytes(StandardCharsets.US_ASCII)));
    byte[] data = ByteBuffer.allocate(8 + store.length).putLong(0).put(store).array();
    out.writeBytes(c2paBox("manifest", data));
    out.writeBytes(TestCredential.box("moov", TestCredential.box("mvhd", new byte[20])));
    out.writeBytes(TestCredential.box("mdat", MEDIA));
    return out.toByteArray();
  }

  private static byte[] c2paBox(String purpose, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HexFormat.of().parseHex("d8fec3d61b0e483c92975828877ec481"));
    out.writeBytes(new byte[4]);
    out.writeBytes((purpose + "\0").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(data);
    return TestCredential.box("uuid", out.toByteArray());
  }

  /** A film with a BMFF hash of version 2 or 3: the positions of its boxes are hashed as well. */
  static byte[] bmffHashed(Maker maker) throws Exception {
    byte[] file = mp4(maker.store("c2pa.hash.bmff.v2", bmffHash(new byte[32])));
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    int mdat = file.length - 8 - MEDIA.length;
    int moov = mdat - 8 - 28;
    digest.update(ByteBuffer.allocate(8).putLong(moov).array());
    digest.update(file, moov, mdat - moov);
    digest.update(ByteBuffer.allocate(8).putLong(mdat).array());
    digest.update(file, mdat, file.length - mdat);
    return mp4(maker.store("c2pa.hash.bmff.v2", bmffHash(digest.digest())));
  }

  /**
   * A film whose media data are bound by a tree over three blocks.
   *
   * @param rows how many rows of hashes the assertion leaves to compute: 0 when it has the blocks'
   *     own, 2 when it has the root
   * @param withProofs whether the file has the neighbours on the way from each block
   */
  static byte[] treeHashed(int rows, boolean withProofs, Maker maker) throws Exception {
    int block = 16;
    byte[] left = sha256(MEDIA, 8, block);
    byte[] middle = sha256(MEDIA, 8 + block, block);
    byte[] right = sha256(MEDIA, 8 + 2 * block, MEDIA.length - 8 - 2 * block);
    byte[] pair = sha256(left, middle);
    List<byte[]> row =
        switch (rows) {
          case 0 -> List.of(left, middle, right);
          case 1 -> List.of(pair, right);
          default -> List.of(sha256(pair, right));
        };
    ByteArrayOutputStream proofs = new ByteArrayOutputStream();
    if (withProofs) {
      proofs.writeBytes(proof(0, List.of(middle, right).subList(0, rows)));
      proofs.writeBytes(proof(1, List.of(left, right).subList(0, rows)));
      proofs.writeBytes(proof(2, rows < 2 ? List.of() : List.of(pair)));
    }
    Map<String, Object> tree =
        Map.of("uniqueId", 1, "localId", 1, "count", 3, "fixedBlockSize", block, "hashes", row);
    Map<String, Object> assertion = bmffHash(new byte[32]);
    List<Object> exclusions = new ArrayList<>((List<?>) assertion.get("exclusions"));
    exclusions.add(
        Map.of("xpath", "/mdat", "subset", List.of(Map.of("offset", block, "length", 0))));
    assertion.put("exclusions", exclusions);
    assertion.put("merkle", List.of(tree));
    byte[] file = mp4(maker.store("c2pa.hash.bmff.v2", assertion));
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    int mdat = file.length - 8 - MEDIA.length;
    int moov = mdat - 8 - 28;
    digest.update(ByteBuffer.allocate(8).putLong(moov).array());
    digest.update(file, moov, mdat - moov);
    digest.update(ByteBuffer.allocate(8).putLong(mdat).array());
    digest.update(file, mdat, block);
    assertion.put("hash", digest.digest());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(mp4(maker.store("c2pa.hash.bmff.v2", assertion)));
    out.writeBytes(proofs.toByteArray());
    return out.toByteArray();
  }

  private static byte[] proof(int location, List<byte[]> neighbours) throws Exception {
    return c2paBox(
        "merkle",
        TestCredential.cbor(
            Map.of("uniqueId", 1, "localId", 1, "location", location, "hashes", neighbours)));
  }

  private static byte[] sha256(byte[] bytes, int from, int length) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(bytes, from, length);
    return digest.digest();
  }

  private static byte[] sha256(byte[] left, byte[] right) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(left);
    return digest.digest(right);
  }

  private static Map<String, Object> bmffHash(byte[] hash) {
    Map<String, Object> uuid =
        Map.of(
            "xpath",
            "/uuid",
            "data",
            List.of(
                Map.of(
                    "offset",
                    8,
                    "value",
                    HexFormat.of().parseHex("d8fec3d61b0e483c92975828877ec481"))));
    Map<String, Object> assertion = new LinkedHashMap<>();
    assertion.put("exclusions", List.of(uuid, Map.of("xpath", "/ftyp"), Map.of("xpath", "/mfra")));
    assertion.put("alg", "sha256");
    assertion.put("hash", hash);
    return assertion;
  }
}
