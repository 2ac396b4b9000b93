package org.touchstone.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the benchmarks named, or all of them; {@code bench/README.md} says what each is. */
public final class Bench {
  /** A benchmark; prints what it found. */
  @FunctionalInterface
  interface Benchmark {
    void run(Path root) throws Exception;
  }

  private static final Map<String, Benchmark> ALL = new LinkedHashMap<>();

  static {
    ALL.put("engine", root -> EngineBench.run());
    ALL.put("spine", SpineBench::run);
    ALL.put("first-run", FirstRunBench::run);
    ALL.put("decode", root -> DecodeBench.run());
  }

  private Bench() {}

  /**
   * @param args the repository's root, then names of benchmarks
   */
  public static void main(String... args) throws Exception {
    List<String> names =
        args.length > 1 ? List.of(args).subList(1, args.length) : List.copyOf(ALL.keySet());
    for (String name : names) {
      Benchmark benchmark = ALL.get(name);
      if (benchmark == null) {
        System.err.println("No benchmark " + name + "; there are " + ALL.keySet());
        System.exit(2);
      }
      System.out.println("== " + name);
      benchmark.run(Path.of(args[0]));
    }
  }
}
