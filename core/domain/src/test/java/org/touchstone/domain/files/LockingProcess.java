package org.touchstone.domain.files;

import java.io.IOException;
import java.nio.file.Path;

/** Another process that tries to lock a file; it exits with 0 when the file was free. */
final class LockingProcess {
  private LockingProcess() {}

  public static void main(String[] args) throws IOException {
    System.exit(FileMutex.tryLock(Path.of(args[0])).isPresent() ? 0 : 1);
  }

  static boolean finds(Path file) throws IOException, InterruptedException {
    return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockingProcess.class.getName(),
                file.toString())
            .inheritIO()
            .start()
            .waitFor()
        == 0;
  }
}
