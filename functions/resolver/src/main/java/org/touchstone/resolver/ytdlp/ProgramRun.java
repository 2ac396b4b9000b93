package org.touchstone.resolver.ytdlp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program: in a folder of its own, with no environment but what is given, with limits
 * on its time, memory and files; it ends, with all it started, when its time is over or its owner
 * is done with it.
 */
final class ProgramRun implements AutoCloseable {
  private static final int MAX_ERRORS = 32 * 1024;

  /**
   * Address space of each process. yt-dlp takes a fifth of it; a page of megabytes that unpacks to
   * gigabytes must not take the machine's.
   */
  private static final long MAX_MEMORY_KIB = 1536L << 10;

  /** In units of 512 bytes, as POSIX has it. */
  private static final long FILE_SIZE_UNIT = 512;

  /** What a shell exits with when it cannot run the program. */
  private static final int NOT_EXECUTABLE = 126;

  private static final int NOT_FOUND = 127;

  /** The limits are the shell's to set; the arguments are never its to read. */
  private static final List<String> LIMITED =
      List.of(
          "/bin/sh",
          "-c",
          "ulimit -f \"$1\" 2>/dev/null; ulimit -t \"$2\" 2>/dev/null; ulimit -c 0 2>/dev/null;"
              + " ulimit -v \"$3\" 2>/dev/null; shift 3; exec \"$@\"",
          "limited");

  private final Process process;
  private final Path folder;
  private final Thread watchdog;
  private final Thread errorReader;
  private final StringBuilder errors = new StringBuilder();
  private volatile boolean timedOut;

  private ProgramRun(Process process, Path folder, Duration time) {
    this.process = process;
    this.folder = folder;
    this.watchdog = Thread.ofVirtual().name("program-watchdog").start(() -> killUnlessEnded(time));
    this.errorReader = Thread.ofVirtual().name("program-errors").start(this::readErrors);
  }

  /**
   * @param command the program and its arguments
   * @param environment all that it sees
   * @param folder where it works; also tells its processes from others
   * @param time longest time, also of the processor
   * @param maxFileBytes largest file that it can write
   */
  static ProgramRun start(
      List<String> command,
      Map<String, String> environment,
      Path folder,
      Duration time,
      long maxFileBytes)
      throws IOException {
    List<String> limited = new ArrayList<>(LIMITED);
    limited.add(Long.toString(maxFileBytes / FILE_SIZE_UNIT + 1));
    limited.add(Long.toString(time.toSeconds() + 1));
    limited.add(Long.toString(MAX_MEMORY_KIB));
    limited.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(limited).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new ProgramRun(process, folder, time);
  }

  private void killUnlessEnded(Duration time) {
    try {
      if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
        timedOut = true;
      }
    } catch (InterruptedException ownerIsDone) {
      return;
    }
    // Also when it ended by itself: what it left behind would hold its output open.
    ProcessTree.kill(process.toHandle(), folder);
  }

  private void readErrors() {
    byte[] buffer = new byte[MAX_ERRORS / 4];
    try (InputStream in = process.getErrorStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        errors.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        errors.delete(0, Math.max(0, errors.length() - MAX_ERRORS));
      }
    } catch (IOException killed) {
      return;
    }
  }

  /** What it prints; ends when the program, and all it started, has ended. */
  InputStream output() {
    return process.getInputStream();
  }

  /** Waits for the end; whether there was a program to run at all. */
  boolean started() {
    int exit = process.onExit().join().exitValue();
    return exit != NOT_EXECUTABLE && exit != NOT_FOUND;
  }

  /** Waits for the end; whether it ended by itself and well. */
  boolean succeeded() {
    return process.onExit().join().exitValue() == 0 && !timedOut;
  }

  /** Whether it was ended because its time was over. */
  boolean timedOut() {
    return timedOut;
  }

  /** Waits for the end; the last of what it complained about. */
  String errors() {
    process.onExit().join();
    try {
      watchdog.join();
      errorReader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return errors.toString();
  }

  @Override
  public void close() throws IOException {
    watchdog.interrupt();
    ProcessTree.kill(process.toHandle(), folder);
    process.getInputStream().close();
  }
}
