package org.touchstone.testing.formula;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A tensor with values given by rules.
 *
 * @param values value at a row-major position
 */
public record FormulaTensor(String name, long[] shape, DType dtype, Values values) {
  private static final List<Rule> RULES = rules();

  /** Value at a row-major position. */
  @FunctionalInterface
  public interface Values {
    double at(long index);
  }

  /** The tensor that the first matching rule gives. */
  public static FormulaTensor of(String name, long... shape) {
    Rule rule = RULES.stream().filter(r -> r.matches(name, shape)).findFirst().orElseThrow();
    DType dtype = rule.kind.equals("zero_int64") ? DType.INT64 : DType.FLOAT32;
    return new FormulaTensor(name, shape, dtype, rule.values(name, shape));
  }

  /**
   * The tensors of a published network.
   *
   * @param network the name of its golden file
   * @param list the list in the file: {@code keys}, unless its parts have separate lists; or a
   *     pointer to it, such as {@code /nets/base/keys}
   */
  public static List<FormulaTensor> of(String network, String list) {
    return of(GoldenFile.read(network).at(pointer(list)));
  }

  /** The pointer to a field: the text itself if it is one. */
  static String pointer(String field) {
    return field.startsWith("/") ? field : "/" + field;
  }

  /** The tensors of a golden file's list of {@code [name, shape, dtype]}. */
  public static List<FormulaTensor> of(JsonNode keys) {
    List<FormulaTensor> tensors = new ArrayList<>();
    for (JsonNode key : keys) {
      tensors.add(of(key.get(0).asText(), longs(key.get(1))));
    }
    return tensors;
  }

  public FormulaTensor as(DType other) {
    return new FormulaTensor(name, shape, other, values);
  }

  public FormulaTensor named(String other) {
    return new FormulaTensor(other, shape, dtype, values);
  }

  public long elements() {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  public float value(long index) {
    return (float) values.at(index);
  }

  public static long[] longs(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).mapToLong(JsonNode::asLong).toArray();
  }

  private static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (JsonNode rule : GoldenFile.read("rules").get("rules")) {
      rules.add(
          new Rule(
              Pattern.compile(rule.get("name").asText()),
              rule.path("ndim").asText(""),
              rule.get("kind").asText(),
              rule.path("base").asDouble(),
              rule.path("scale").asDouble(),
              rule.path("gain").asDouble(),
              rule.path("fan").asText().equals("dim0")));
    }
    return rules;
  }

  private record Rule(
      Pattern name,
      String ndim,
      String kind,
      double base,
      double scale,
      double gain,
      boolean dim0) {
    boolean matches(String tensor, long[] shape) {
      boolean rank =
          switch (ndim) {
            case "" -> true;
            case "1" -> shape.length == 1;
            case ">=2" -> shape.length >= 2;
            default -> throw new IllegalStateException(ndim);
          };
      return rank && name.matcher(tensor).find();
    }

    Values values(String tensor, long[] shape) {
      long seed = Formula.seed(tensor);
      return switch (kind) {
        case "zero_int64" -> i -> 0;
        case "affine" -> i -> base + scale * Formula.uniform(seed, i);
        case "fan" -> {
          long fan = dim0 ? shape[0] : Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
          double s = gain * Math.sqrt(3.0 / fan);
          yield i -> 0.0 + s * Formula.uniform(seed, i);
        }
        case "sinusoid" -> i -> position(i / shape[1], i % shape[1], shape[1]);
        default -> throw new IllegalStateException(kind);
      };
    }

    /** A value of Whisper's table of positions. */
    private static double position(long row, long column, long columns) {
      long half = columns / 2;
      double angle = row * Math.exp(-Math.log(10_000) / (half - 1) * (column % half));
      return column < half ? Math.sin(angle) : Math.cos(angle);
    }
  }
}
