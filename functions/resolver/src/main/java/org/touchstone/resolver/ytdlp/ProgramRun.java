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
 * One run of a program: in its own folder, with only the given environment, and with limits on
 * time, memory and files. It is ended with all its children when its time is over or when it is
 * closed.
 */
final class ProgramRun implements AutoCloseable {
  private static final int MAX_ERRORS = 32 * 1024;

  /**
   * Address space of each process. yt-dlp needs a fifth of it; a page that unpacks to gigabytes
   * must not use up the machine's memory.
   */
  private static final long MAX_MEMORY_KIB = 1536L << 10;

  /** The unit of 512 bytes that POSIX defines for file size limits. */
  private static final long FILE_SIZE_UNIT = 512;

  /** The shell's exit status when it cannot run the program. */
  private static final int NOT_EXECUTABLE = 126;

  private static final int NOT_FOUND = 127;

  /** The shell sets the limits; it never interprets the arguments. */
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
   * @param environment the complete environment of the program
   * @param folder its working folder; also identifies its processes
   * @param time longest time, also of processor time
   * @param maxFileBytes largest file that the program can write
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
    // Also after a normal end: leftover processes would hold the output open.
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

  /** The program's output; ends when the program and all its children have ended. */
  InputStream output() {
    return process.getInputStream();
  }

  /** Waits for the end; returns whether the program could be run at all. */
  boolean started() {
    int exit = process.onExit().join().exitValue();
    return exit != NOT_EXECUTABLE && exit != NOT_FOUND;
  }

  /** Waits for the end; returns whether the program ended by itself and successfully. */
  boolean succeeded() {
    return process.onExit().join().exitValue() == 0 && !timedOut;
  }

  /** Whether the program was ended because its time was over. */
  boolean timedOut() {
    return timedOut;
  }

  /** Waits for the end; returns the last part of the program's error output. */
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
