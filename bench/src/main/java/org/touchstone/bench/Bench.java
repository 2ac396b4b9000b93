package org.touchstone.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the named benchmarks, or all of them. {@code bench/README.md} describes each. */
public final class Bench {
  /** A benchmark; prints its results. */
  @FunctionalInterface
  interface Benchmark {
    void run(Path root, Options options) throws Exception;
  }

  private static final Map<String, Benchmark> ALL = new LinkedHashMap<>();

  static {
    ALL.put("engine", (root, options) -> EngineBench.run());
    ALL.put("spine", (root, options) -> SpineBench.run(root));
    ALL.put("api", (root, options) -> ApiBench.run(root));
    ALL.put("page", (root, options) -> PageBench.run(root));
    ALL.put("first-run", (root, options) -> FirstRunBench.run(root));
    ALL.put("decode", (root, options) -> DecodeBench.run());
    ALL.put("faces", (root, options) -> FacesBench.run(root));
    ALL.put("networks", NetworkBench::run);
    ALL.put("video", VideoBench::run);
    ALL.put("voice", (root, options) -> VoiceBench.run(root));
    ALL.put("recogniser", RecogniserBench::run);
    ALL.put("resolver", (root, options) -> ResolverBench.run());
    ALL.put("partners", (root, options) -> PartnersBench.run());
    ALL.put("bot", (root, options) -> BotBench.run());
    ALL.put("intake", (root, options) -> IntakeBench.run());
    ALL.put("functions", (root, options) -> FunctionsBench.run(root));
    ALL.put("lane", (root, options) -> LaneBench.run(root));
  }

  private Bench() {}

  /**
   * @param args the repository's root, then names of benchmarks and options
   */
  public static void main(String... args) throws Exception {
    Options.Parsed parsed = Options.parse(List.of(args).subList(1, args.length));
    List<String> names = parsed.names().isEmpty() ? List.copyOf(ALL.keySet()) : parsed.names();
    for (String name : names) {
      Benchmark benchmark = ALL.get(name);
      if (benchmark == null) {
        System.err.println("Unknown benchmark " + name + "; known are " + ALL.keySet());
        System.exit(2);
      }
      System.out.println("== " + name);
      benchmark.run(Path.of(args[0]), parsed.options());
    }
  }
}
