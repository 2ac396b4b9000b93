package org.touchstone.resolver.ytdlp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends a process and everything it started. When a parent has ended, its children no longer count
 * as descendants. On Linux they are found by the run's own folder, which is their working folder or
 * appears in their inherited environment.
 */
final class ProcessTree {
  private static final Path PROC = Path.of("/proc");
  private static final int MAX_ENVIRONMENT = 128 * 1024;

  /** At most this many passes: a process may start another one while it is being killed. */
  private static final int MAX_PASSES = 10;

  private ProcessTree() {}

  /** Kills by handle: {@link Process#destroyForcibly} would drop output that was not yet read. */
  static void kill(ProcessHandle process, Path folder) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    for (int pass = 0; pass < MAX_PASSES; pass++) {
      List<ProcessHandle> left = of(folder);
      if (left.isEmpty()) {
        return;
      }
      left.forEach(ProcessHandle::destroyForcibly);
      left.forEach(one -> one.onExit().join());
    }
  }

  /** The living processes that belong to the run with this folder. */
  static List<ProcessHandle> of(Path folder) {
    List<ProcessHandle> found = new ArrayList<>();
    if (!Files.isDirectory(PROC)) {
      return found;
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (belongs(process, folder)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
              .filter(ProcessHandle::isAlive)
              .ifPresent(found::add);
        }
      }
    } catch (IOException noProcesses) {
      return found;
    }
    return found;
  }

  private static boolean belongs(Path process, Path folder) {
    try {
      if (Files.readSymbolicLink(process.resolve("cwd")).startsWith(folder)) {
        return true;
      }
      try (InputStream in = Files.newInputStream(process.resolve("environ"))) {
        return new String(in.readNBytes(MAX_ENVIRONMENT), StandardCharsets.ISO_8859_1)
            .contains("HOME=" + folder + "\0");
      }
    } catch (IOException anotherUsersOrGone) {
      return false;
    }
  }
}
