package org.touchstone.local;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.touchstone.domain.files.Folders;

/** The packaged application in a process of its own, as the launcher runs it. */
final class TouchstoneProcess implements AutoCloseable {
  private static final Path APPLICATION = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final long TIMEOUT_SECONDS = 300;

  /**
   * Classes as the JVM keeps them, which the launcher uses too: a third less work at each start.
   */
  private static final Path CLASSES = Path.of("target", "it-classes.jsa");

  private static boolean classesKept;

  private final Process process;
  private final Path errors;

  private TouchstoneProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  static TouchstoneProcess start(Path work, String... arguments) throws IOException {
    return start(work, Map.of(), arguments);
  }

  /** Made once by a short analysis; a JVM that cannot use it starts without. */
  private static synchronized void keepClasses() throws IOException {
    if (classesKept) {
      return;
    }
    classesKept = true;
    Files.deleteIfExists(CLASSES);
    Path work = Files.createTempDirectory("classes-");
    try {
      Path picture = work.resolve("picture.png");
      ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
      try (TouchstoneProcess process =
          start(
              "-XX:ArchiveClassesAtExit=" + CLASSES.toAbsolutePath(),
              work,
              Map.of(),
              "analyze",
              picture.toString())) {
        process.process.getInputStream().readAllBytes();
        process.process.waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Folders.delete(work);
    }
  }

  /**
   * Starts a command.
   *
   * @param environment variables besides this process's own
   */
  static TouchstoneProcess start(Path work, Map<String, String> environment, String... arguments)
      throws IOException {
    keepClasses();
    return start("-XX:SharedArchiveFile=" + CLASSES.toAbsolutePath(), work, environment, arguments);
  }

  private static TouchstoneProcess start(
      String classes, Path work, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xlog:disable",
            "-Xmx600m",
            classes));
    command.addAll(List.of("-jar", APPLICATION.toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile(work, "stderr-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectError(ProcessBuilder.Redirect.to(errors.toFile()));
    builder.environment().put("TOUCHSTONE_HOME", work.resolve("home").toString());
    builder.environment().putAll(environment);
    return new TouchstoneProcess(builder.start(), errors);
  }

  /** The outcome of a run that ended by itself. */
  record Run(int exitCode, String out, String err) {}

  /** Runs a command to its end. */
  static Run run(Path work, String... arguments) throws Exception {
    return run(work, Map.of(), arguments);
  }

  /**
   * Runs a command to its end.
   *
   * @param environment variables besides this process's own
   */
  static Run run(Path work, Map<String, String> environment, String... arguments) throws Exception {
    try (TouchstoneProcess touchstone = start(work, environment, arguments)) {
      String out =
          new String(touchstone.process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!touchstone.process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("still running");
      }
      return new Run(touchstone.process.exitValue(), out, Files.readString(touchstone.errors));
    }
  }

  Process process() {
    return process;
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  /** Ends it as Ctrl-C or a service manager would. */
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /** Ends it as a crash would: nothing is flushed, nothing is closed. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
