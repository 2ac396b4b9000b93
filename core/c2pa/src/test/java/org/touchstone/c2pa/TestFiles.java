package org.touchstone.c2pa;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
    ByteArrayOutputStream c2pa = new ByteArrayOutputStream();
    c2pa.writeBytes(HexFormat.of().parseHex("d8fec3d61b0e483c92975828877ec481"));
    c2pa.writeBytes(new byte[4]);
    c2pa.writeBytes("manifest\0".getBytes(StandardCharsets.US_ASCII));
    c2pa.writeBytes(new byte[8]);
    c2pa.writeBytes(store);
    out.writeBytes(TestCredential.box("uuid", c2pa.toByteArray()));
    out.writeBytes(TestCredential.box("moov", TestCredential.box("mvhd", new byte[20])));
    out.writeBytes(TestCredential.box("mdat", MEDIA));
    return out.toByteArray();
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
