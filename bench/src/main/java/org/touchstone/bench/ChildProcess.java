package org.touchstone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process whose peak memory is watched (Linux only, from {@code /proc}). */
final class ChildProcess implements AutoCloseable {
  private static final long LOOK_MILLIS = 20;
  private static final long LONGEST_END_SECONDS = 60;

  private final Process process;
  private final Thread watcher;
  private volatile long peakKilobytes;

  private ChildProcess(Process process) {
    this.process = process;
    this.watcher = Thread.ofVirtual().start(this::watch);
  }

  /** The application, started as the launcher starts it. */
  static ChildProcess touchstone(Path root, List<String> jvmOptions, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xlog:disable"));
    command.addAll(jvmOptions);
    command.add("-jar");
    command.add(root.resolve("local/target/quarkus-app/quarkus-run.jar").toString());
    command.addAll(List.of(arguments));
    return start(command);
  }

  /** The start of a command that runs a class of the benchmarks. */
  static List<String> java(String heap, Class<?> main) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        heap,
        "-cp",
        System.getProperty("java.class.path"),
        main.getName());
  }

  static ChildProcess start(List<String> command) throws IOException {
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  Process process() {
    return process;
  }

  /** Peak resident memory so far in MB; 0 where it is unknown. */
  long peakMegabytes() {
    return peakKilobytes / 1024;
  }

  private void watch() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    while (process.isAlive() && Files.isReadable(status)) {
      try {
        for (String line : Files.readAllLines(status)) {
          if (line.startsWith("VmHWM:")) {
            peakKilobytes = Long.parseLong(line.replaceAll("\\D", ""));
          }
        }
        Thread.sleep(LOOK_MILLIS);
      } catch (IOException e) {
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    watcher.join();
  }
}
