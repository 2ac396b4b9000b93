package org.touchstone.checkpoints.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.touchstone.testing.formula.Formula;
import org.touchstone.testing.formula.FormulaTensor;
import org.touchstone.testing.formula.GoldenFile;

/**
 * Golden vectors: outputs of the published implementation for weights and inputs that follow the
 * formula.
 */
public record Golden(JsonNode root) {

  public static Golden load(String name) {
    return new Golden(GoldenFile.read(name));
  }

  public JsonNode testCase(int index) {
    return root.get("cases").get(index);
  }

  /** A case's picture or clip, checked by its digest. */
  public static byte[] input(JsonNode testCase) {
    JsonNode input = testCase.get("input");
    byte[] bytes =
        Formula.input(
            input.get("name").asText(),
            input.get("kind").asText(),
            FormulaTensor.longs(input.get("shape")));
    assertDigest(bytes, input.get("sha256"));
    return bytes;
  }

  /** A case's waveform, -1 to 1, checked by its digest. */
  public static float[] waveform(JsonNode testCase) {
    JsonNode input = testCase.get("input");
    short[] wave = Formula.waveform(input.get("name").asText(), input.get("samples").asInt());
    ByteBuffer bytes = ByteBuffer.allocate(2 * wave.length).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[wave.length];
    for (int i = 0; i < wave.length; i++) {
      bytes.putShort(wave[i]);
      values[i] = wave[i] / 32768f;
    }
    assertDigest(bytes.array(), input.get("sha256_int16_le"));
    return values;
  }

  private static void assertDigest(byte[] bytes, JsonNode expected) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertThat(HexFormat.of().formatHex(digest)).isEqualTo(expected.asText());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public static long[] shape(JsonNode testCase) {
    return FormulaTensor.longs(testCase.get("input").get("shape"));
  }

  public static float[] floats(JsonNode list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) list.get(i).asDouble();
    }
    return values;
  }

  /** The numbers of a list of lists, one row after the other. */
  public static float[] rows(JsonNode lists) {
    List<JsonNode> all = new ArrayList<>();
    lists.forEach(list -> list.forEach(all::add));
    float[] values = new float[all.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) all.get(i).asDouble();
    }
    return values;
  }

  public static void assertClose(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSize(expected.length);
    assertThat(actual).containsExactly(expected, within((float) tolerance));
  }

  /** The stages of a case, by name; empty if the file has none. */
  public static List<String> stages(JsonNode testCase) {
    List<String> names = new ArrayList<>();
    testCase.path("stages").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Compares a tensor with everything in its summary. */
  public static void assertSummary(
      String name, float[] actual, JsonNode expected, double tolerance) {
    long count = 1;
    for (long size : FormulaTensor.longs(expected.get("shape"))) {
      count *= size;
    }
    assertThat(actual).as(name).hasSize((int) count);
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (float value : actual) {
      sum += value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    double mean = sum / actual.length;
    double squares = 0;
    for (float value : actual) {
      squares += (value - mean) * (value - mean);
    }
    assertNear(name + " mean", mean, expected.get("mean"), tolerance);
    assertNear(name + " std", Math.sqrt(squares / actual.length), expected.get("std"), tolerance);
    assertNear(name + " min", least, expected.get("min"), tolerance);
    assertNear(name + " max", most, expected.get("max"), tolerance);
    for (int i = 0; i < 16; i++) {
      if (i < actual.length) {
        assertNear(name + " [" + i + "]", actual[i], expected.get("first16").get(i), tolerance);
      }
      int spread = (int) ((long) i * (actual.length - 1) / 15);
      assertNear(name + " spread " + i, actual[spread], expected.get("spread16").get(i), tolerance);
    }
  }

  private static void assertNear(String what, double actual, JsonNode expected, double tolerance) {
    assertThat(actual).as(what).isCloseTo(expected.asDouble(), within(tolerance));
  }
}
