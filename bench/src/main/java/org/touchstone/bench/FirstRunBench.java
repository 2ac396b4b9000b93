package org.touchstone.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One {@code analyze} of one picture in a process of its own: how long until it is done, and how
 * much memory it took at most. First without anything that earlier runs left behind (unpacked
 * native libraries, class archives), then again with it. Baseline: {@code --version}, which starts
 * the JVM and the command line and nothing else.
 */
final class FirstRunBench {
  private static final int REPEATS = 5;

  private FirstRunBench() {}

  static void run(Path root) throws Exception {
    Path work = Files.createTempDirectory("touchstone-bench-");
    try {
      Path picture = work.resolve("photo.jpg");
      Files.write(picture, Pictures.jpeg(1));
      List<String> options =
          List.of(
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-Xlog:disable",
              "-XX:SharedArchiveFile=" + work.resolve("bench.jsa"),
              "-XX:+AutoCreateSharedArchive",
              "-Dorg.bytedeco.javacpp.cachedir=" + work.resolve("natives"));
      measure("version (baseline)", root, options, "--version");
      Files.deleteIfExists(work.resolve("bench.jsa"));
      measure("first run", root, options, "analyze", picture.toString());
      for (int i = 0; i < REPEATS; i++) {
        measure("later run", root, options, "analyze", picture.toString());
      }
    } finally {
      delete(work);
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
      int exitCode = child.process().waitFor();
      System.out.printf(
          Locale.ROOT,
          "%-20s answers after %.2f s, ends after %.2f s, %d MB, exit code %d%n",
          name,
          firstWord,
          (System.nanoTime() - start) / 1e9,
          child.peakMegabytes(),
          exitCode);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = new ArrayList<>(walk.toList());
    }
    for (Path path : paths.reversed()) {
      Files.deleteIfExists(path);
    }
  }
}
