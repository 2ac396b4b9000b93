package org.touchstone.c2pa.jumbf;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the CBOR and JSON of boxes within limits, and writes the few pieces that are signed. */
public final class Cbor {
  /**
   * Largest item that is read as a tree, which needs many times the memory. Claims and assertions
   * have some kilobytes; thumbnails are not CBOR.
   */
  public static final int MAX_BYTES = 4 << 20;

  private static final int MAX_NESTING = 60;
  private static final int BYTE_STRING = 2 << 5;
  private static final int TEXT = 3 << 5;
  private static final int ARRAY = 4 << 5;
  private static final int INLINE = 24;
  private static final int ONE_BYTE = 24;
  private static final int TWO_BYTES = 25;
  private static final int FOUR_BYTES = 26;
  private static final int BYTE_VALUES = 0x100;
  private static final int SHORT_VALUES = 0x10000;

  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build();

  private static final ObjectMapper CBOR =
      new CBORMapper(
              CBORFactory.builder()
                  .streamReadConstraints(LIMITS)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final ObjectMapper JSON = json();

  private Cbor() {}

  private static ObjectMapper json() {
    JsonMapper mapper = new JsonMapper();
    mapper.getFactory().setStreamReadConstraints(LIMITS);
    mapper.configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);
    return mapper;
  }

  /**
   * A CBOR item, which fills the bytes. Tags are dropped; keys of maps that are numbers become
   * their decimal text.
   *
   * @throws JumbfException when it is not one item of CBOR, has a key twice, or is over a limit
   */
  public static JsonNode read(ByteBuffer bytes) throws JumbfException {
    return read(CBOR, bytes);
  }

  /**
   * A JSON value.
   *
   * @throws JumbfException when it is not JSON, has a key twice, or is over a limit
   */
  public static JsonNode readJson(ByteBuffer bytes) throws JumbfException {
    return read(JSON, bytes);
  }

  private static JsonNode read(ObjectMapper mapper, ByteBuffer bytes) throws JumbfException {
    if (bytes.remaining() > MAX_BYTES) {
      throw JumbfException.overLimit("an item has more than " + MAX_BYTES + " bytes");
    }
    try {
      JsonNode node = mapper.readTree(bytes(bytes));
      if (node == null || node.isMissingNode()) {
        throw JumbfException.malformed("an item is empty");
      }
      return node;
    } catch (JumbfException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The reader throws its own errors, and runtime exceptions on some damaged input.
      throw JumbfException.malformed("an item cannot be read", e);
    }
  }

  /** A copy of a buffer's remaining bytes. */
  public static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** The binary value of a node; null when it is not binary. */
  public static byte[] binary(JsonNode node) {
    try {
      return node != null && node.isBinary() ? node.binaryValue() : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** A byte string, encoded. */
  public static byte[] byteString(byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(value.length + Long.BYTES);
    head(out, BYTE_STRING, value.length);
    out.writeBytes(value);
    return out.toByteArray();
  }

  /**
   * COSE's structure that is signed (RFC 9052, section 4.4): an array of the context and of byte
   * strings.
   */
  public static byte[] sigStructure(String context, byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    head(out, ARRAY, parts.length + 1);
    byte[] text = context.getBytes(StandardCharsets.US_ASCII);
    head(out, TEXT, text.length);
    out.writeBytes(text);
    for (byte[] part : parts) {
      out.writeBytes(byteString(part));
    }
    return out.toByteArray();
  }

  private static void head(ByteArrayOutputStream out, int major, int length) {
    if (length < INLINE) {
      out.write(major | length);
    } else if (length < BYTE_VALUES) {
      out.write(major | ONE_BYTE);
      out.write(length);
    } else if (length < SHORT_VALUES) {
      out.write(major | TWO_BYTES);
      out.write(length >> Byte.SIZE);
      out.write(length);
    } else {
      out.write(major | FOUR_BYTES);
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    }
  }
}
