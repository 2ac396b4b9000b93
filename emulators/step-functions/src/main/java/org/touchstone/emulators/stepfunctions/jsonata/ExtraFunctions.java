package org.touchstone.emulators.stepfunctions.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Utils;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.touchstone.emulators.stepfunctions.json.InvalidJsonException;
import org.touchstone.emulators.stepfunctions.json.JsonValues;

/**
 * The functions that Step Functions adds to JSONata. Fractions are cut towards zero, and some
 * invalid arguments return nothing instead of an error, both as in Step Functions.
 */
final class ExtraFunctions {
  private static final int MAX_RANGE = 360_145;
  private static final Set<String> DIGESTS =
      Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

  private ExtraFunctions() {}

  static Map<String, JFunction> all() {
    return Map.of(
        "partition", new JFunction((in, args) -> partition(args), "<x?x?:x>"),
        "range", new JFunction((in, args) -> range(args), "<x?x?x?:x>"),
        "hash", new JFunction((in, args) -> hash(args), "<x?x?:x>"),
        "random", new JFunction((in, args) -> random(args), "<x?:x>"),
        "uuid", new JFunction((in, args) -> UUID.randomUUID().toString(), "<:s>"),
        "parse", new JFunction((in, args) -> parse(args), "<x?:x>"));
  }

  private static Object partition(List<?> args) {
    Object array = argument(args, 0);
    Long size = whole("partition", argument(args, 1));
    if (array == null || size == null || size <= 0) {
      return null;
    }
    List<?> items = array instanceof List<?> list ? list : List.of(array);
    if (items.isEmpty()) {
      return null;
    }
    List<Object> chunks = new ArrayList<>();
    for (long from = 0; from < items.size(); from += size) {
      int to = (int) Math.min(items.size(), from + size);
      chunks.add(new ArrayList<>(items.subList((int) from, to)));
    }
    return chunks;
  }

  private static Object range(List<?> args) {
    Long first = whole("range", argument(args, 0));
    Long last = whole("range", argument(args, 1));
    Long step = whole("range", argument(args, 2));
    if (first == null || last == null || step == null || step == 0) {
      return null;
    }
    if (step > 0 ? first > last : first < last) {
      return null;
    }
    double count = Math.floor(((double) last - first) / step) + 1;
    if (count > MAX_RANGE) {
      throw new RuntimeBounds.ExceededException("Expression evaluation memory limit exceeded");
    }
    List<Object> values = new ArrayList<>((int) count);
    for (int i = 0; i < count; i++) {
      // The library compares numbers by their class too, so they are converted to its narrowest
      // form.
      values.add(Utils.convertNumber(first + i * step));
    }
    return values.size() == 1 ? values.getFirst() : values;
  }

  private static Object hash(List<?> args) {
    Object data = argument(args, 0);
    Object algorithm = argument(args, 1);
    if (data == null || algorithm == null) {
      return null;
    }
    if (!(data instanceof String text)) {
      throw new JException("$hash takes a string", -1);
    }
    if (!(algorithm instanceof String name) || !DIGESTS.contains(name)) {
      throw new JException("$hash supports MD5, SHA-1, SHA-256, SHA-384 and SHA-512", -1);
    }
    try {
      byte[] digest = MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object random(List<?> args) {
    Long seed = whole("random", argument(args, 0));
    return seed == null ? ThreadLocalRandom.current().nextDouble() : new Random(seed).nextDouble();
  }

  private static Object parse(List<?> args) {
    Object text = argument(args, 0);
    if (text == null) {
      return null;
    }
    if (!(text instanceof String json)) {
      throw new JException("$parse takes a string", -1);
    }
    try {
      return JsonValues.parse(json, Jsonata.NULL_VALUE);
    } catch (InvalidJsonException e) {
      throw new JException("$parse: " + e.getMessage(), -1);
    }
  }

  private static Object argument(List<?> args, int index) {
    return index < args.size() ? args.get(index) : null;
  }

  private static Long whole(String function, Object value) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof Number number)) {
      throw new JException("$" + function + " takes numbers", -1);
    }
    return number.longValue();
  }
}
