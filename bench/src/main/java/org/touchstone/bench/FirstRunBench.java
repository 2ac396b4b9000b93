package org.touchstone.bench;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.touchstone.checkpoints.Precision;

/**
 * Measures one {@code analyze} of one picture in its own process: time until it is done and peak
 * memory, without models and with one of the recommended image detector's network and size. The
 * first run finds nothing that earlier runs left behind (unpacked native libraries, class
 * archives); later runs find it. Baseline: {@code --version}, which starts only the JVM and the
 * command line.
 */
final class FirstRunBench {
  private static final int REPEATS = 5;

  private FirstRunBench() {}

  static void run(Path root) throws Exception {
    try (TempFolder work = TempFolder.create()) {
      Path picture = Files.write(work.path().resolve("photo.jpg"), Pictures.jpeg(1));
      Path archive = work.path().resolve("bench.jsa");
      List<String> options =
          List.of(
              "-XX:TieredStopAtLevel=1",
              "-XX:SharedArchiveFile=" + archive,
              "-XX:+AutoCreateSharedArchive",
              "-Dorg.bytedeco.javacpp.cachedir=" + work.path().resolve("natives"));
      measure("version (baseline)", root, options, "--version");
      Files.deleteIfExists(archive);
      measure("first run", root, options, "analyze", picture.toString());
      for (int i = 0; i < REPEATS; i++) {
        measure("later run", root, options, "analyze", picture.toString());
      }
      Path models = root.resolve("bench/target/formula-models/first-run");
      new FormulaModels(models, Precision.FP16).with(List.of("commfor"));
      for (int i = 0; i < REPEATS; i++) {
        measure(
            i == 0 ? "first with detector" : "later with detector",
            root,
            options,
            "analyze",
            picture.toString(),
            "--models",
            models.toString());
      }
    }
  }

  private static void measure(String name, Path root, List<String> options, String... arguments)
      throws Exception {
    long start = System.nanoTime();
    try (ChildProcess child = ChildProcess.touchstone(root, options, arguments)) {
      InputStream out = child.process().getInputStream();
      out.read();
      double firstWord = (System.nanoTime() - start) / 1e9;
      out.readAllBytes();
      if (child.process().waitFor() != 0) {
        throw new IllegalStateException(name + " failed");
      }
      System.out.printf(
          Locale.ROOT,
          "%-20s answers after %.2f s, ends after %.2f s, %d MB%n",
          name,
          firstWord,
          (System.nanoTime() - start) / 1e9,
          child.peakMegabytes());
    }
  }
}
