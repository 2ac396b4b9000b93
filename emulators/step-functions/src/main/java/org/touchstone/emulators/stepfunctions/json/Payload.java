package org.touchstone.emulators.stepfunctions.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One JSON value as text: a state's input, result or output. Immutable, and small while an
 * execution waits. {@link #value()} parses anew each time, so that no caller can change what
 * another sees.
 */
public final class Payload {
  /** Step Functions' limit for inputs, results and outputs, in bytes of UTF-8. */
  public static final int MAX_BYTES = 262_144;

  public static final Payload EMPTY_OBJECT = new Payload("{}");

  private final String json;

  private Payload(String json) {
    this.json = json;
  }

  /**
   * Wraps a text, unchanged.
   *
   * @throws InvalidJsonException when it is not exactly one JSON value
   */
  public static Payload parse(String text) throws InvalidJsonException {
    JsonValues.parse(text, null);
    return new Payload(text);
  }

  /**
   * Writes a plain value.
   *
   * @throws IllegalArgumentException when it has no JSON form
   */
  public static Payload of(Object value) {
    return new Payload(JsonValues.write(value));
  }

  /** An array of payloads. */
  public static Payload array(List<Payload> elements) {
    return new Payload(
        elements.stream().map(Payload::json).collect(Collectors.joining(",", "[", "]")));
  }

  /** The JSON text. */
  public String json() {
    return json;
  }

  /** The value in fresh, mutable structures, null for a JSON null. */
  public Object value() {
    return value(null);
  }

  /** The value in fresh, mutable structures, with a chosen stand-in for null. */
  public Object value(Object nullValue) {
    try {
      return JsonValues.parse(json, nullValue);
    } catch (InvalidJsonException e) {
      throw new IllegalStateException("a payload is always valid JSON", e);
    }
  }

  /** Whether the text is longer than {@value #MAX_BYTES} bytes of UTF-8. */
  public boolean exceedsLimit() {
    return exceedsLimit(json);
  }

  /** Whether a text is longer than {@value #MAX_BYTES} bytes of UTF-8. */
  public static boolean exceedsLimit(String text) {
    if (text.length() > MAX_BYTES) {
      return true;
    }
    // A UTF-16 unit takes at most three bytes, so short texts need not be counted.
    return text.length() * 3L > MAX_BYTES
        && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
  }

  /** Its size in bytes of UTF-8. */
  public long bytes() {
    long bytes = 0;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      // Each half of a surrogate pair counts for two of the pair's four bytes.
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload p && p.json.equals(json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json;
  }
}
