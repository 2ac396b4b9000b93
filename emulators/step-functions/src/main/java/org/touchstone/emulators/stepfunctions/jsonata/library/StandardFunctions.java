package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The functions that replace the library's, by name. Their signatures are JSONata's. */
public final class StandardFunctions {
  private static final Map<String, JFunction> ALL = new HashMap<>();

  static {
    // The library treats a null where an array is expected as nothing at all.
    library("sum", "<a<n>:n>", "sum");
    library("count", "<a:n>", "count");
    library("max", "<a<n>:n>", "max");
    library("min", "<a<n>:n>", "min");
    library("average", "<a<n>:n>", "average");
    library("join", "<a<s>s?:s>", "join");
    library("zip", "<a+>", "zip");
    library("map", "<af>", "map");
    library("filter", "<af>", "filter");
    library("single", "<af?>", "single");
    library("reduce", "<afj?:j>", "foldLeft");
    library("merge", "<a<o>:o>", "merge");
    library("reverse", "<a:a>", "reverse");
    library("shuffle", "<a:a>", "shuffle");
    own("sort", "<af?:a>", (in, args) -> Arrays.sort(list(args, 0), at(args, 1)));
    own("distinct", "<x:x>", (in, args) -> Arrays.distinct(at(args, 0)));

    own("string", "<x-b?:s>", (in, args) -> JsonText.string(at(args, 0), at(args, 1)));
    own(
        "substring",
        "<s-nn?:s>",
        (in, args) -> Texts.substring(text(args, 0), number(args, 1), number(args, 2)));
    own(
        "substringAfter",
        "<s-s:s>",
        (in, args) -> Texts.substringAfter(text(args, 0), text(args, 1)));
    own("pad", "<s-ns?:s>", (in, args) -> Texts.pad(text(args, 0), number(args, 1), text(args, 2)));
    own("contains", "<s-(sf):b>", (in, args) -> Matching.contains(text(args, 0), at(args, 1)));
    own(
        "match",
        "<s-f<s:o>n?:a<o>>",
        (in, args) -> Matching.match(text(args, 0), at(args, 1), number(args, 2)));
    own(
        "split",
        "<s-(sf)n?:a<s>>",
        (in, args) -> Matching.split(text(args, 0), at(args, 1), number(args, 2)));
    own(
        "replace",
        "<s-(sf)(sf)n?:s>",
        (in, args) -> Replacing.replace(text(args, 0), at(args, 1), at(args, 2), number(args, 3)));
    own("encodeUrl", "<s-:s>", (in, args) -> Links.encode(text(args, 0), "encodeUrl", false));
    own(
        "encodeUrlComponent",
        "<s-:s>",
        (in, args) -> Links.encode(text(args, 0), "encodeUrlComponent", true));
    own("decodeUrl", "<s-:s>", (in, args) -> Links.decode(text(args, 0), "decodeUrl", false));
    own(
        "decodeUrlComponent",
        "<s-:s>",
        (in, args) -> Links.decode(text(args, 0), "decodeUrlComponent", true));

    own("number", "<(nsb)-:n>", (in, args) -> Numbers.number(at(args, 0)));
    own(
        "formatBase",
        "<n-n?:s>",
        (in, args) -> Numbers.formatBase(number(args, 0), number(args, 1)));
    own(
        "formatNumber",
        "<n-so?:s>",
        (in, args) -> NumberPicture.format(number(args, 0), text(args, 1), map(args, 2)));
    own(
        "formatInteger",
        "<n-s:s>",
        (in, args) -> IntegerPicture.format(number(args, 0), text(args, 1)));
    own(
        "parseInteger",
        "<s-s:n>",
        (in, args) -> IntegerPicture.parse(text(args, 0), text(args, 1)));
    own(
        "fromMillis",
        "<n-s?s?:s>",
        "dateTimeFromMillis",
        (in, args) -> Dates.fromMillis(number(args, 0), text(args, 1), text(args, 2)));
    own(
        "toMillis",
        "<s-s?:n>",
        "dateTimeToMillis",
        (in, args) -> Dates.toMillis(text(args, 0), text(args, 1)));
  }

  private StandardFunctions() {}

  /** Functions to register for every expression. */
  public static Map<String, JFunction> all() {
    return Map.copyOf(ALL);
  }

  private static void library(String name, String signature, String method) {
    ALL.put(name, new OfLibrary(name, signature, method));
  }

  private static void own(String name, String signature, JFunctionCallable function) {
    own(name, signature, name, function);
  }

  private static void own(
      String name, String signature, String method, JFunctionCallable function) {
    ALL.put(name, new Own(name, signature, method, function));
  }

  /** The library's own function, to which a null is an item like any other. */
  private static class OfLibrary extends JFunction {
    private final String signature;

    OfLibrary(String name, String signature, String method) {
      super(name, signature, Functions.class, null, method);
      this.signature = signature;
    }

    @Override
    public Object validate(Object args, Object context) {
      return super.validate(nullsAsItems(signature, args), context);
    }
  }

  /** A function in place of the library's, whose name and parameters partial application needs. */
  private static final class Own extends OfLibrary {
    private final JFunctionCallable function;

    Own(String name, String signature, String method, JFunctionCallable function) {
      super(name, signature, method);
      this.function = function;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Object call(Object input, List args) {
      try {
        return function.call(input, args);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Object nullsAsItems(String signature, Object args) {
    if (!signature.startsWith("<a") || !(args instanceof List<?> given)) {
      return args;
    }
    List<Object> changed = new ArrayList<>(given);
    int arrays = signature.startsWith("<a+") ? changed.size() : Math.min(1, changed.size());
    for (int i = 0; i < arrays; i++) {
      if (changed.get(i) == Jsonata.NULL_VALUE) {
        changed.set(i, new ArrayList<>(List.of(Jsonata.NULL_VALUE)));
      }
    }
    return changed;
  }

  private static Object at(List<?> args, int index) {
    return index < args.size() ? args.get(index) : null;
  }

  private static String text(List<?> args, int index) {
    return (String) at(args, index);
  }

  private static Number number(List<?> args, int index) {
    return (Number) at(args, index);
  }

  private static List<?> list(List<?> args, int index) {
    return (List<?>) at(args, index);
  }

  private static Map<?, ?> map(List<?> args, int index) {
    return (Map<?, ?>) at(args, index);
  }
}
