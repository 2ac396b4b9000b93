package org.touchstone.resolver.probe;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.EnvironmentFault.Kind;

/**
 * Tells whether a run of a program failed because of this machine or because of the file that it
 * read. A program whose libraries do not load ends like one that cannot read the file.
 */
final class ProgramCheck {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_OUTPUT_BYTES = 4096;

  /** FFmpeg's exit status after {@code AVERROR(ENOSPC)}: the lowest byte of -28. */
  private static final int NO_SPACE_STATUS = 256 - 28;

  /** SIGKILL: if we did not send it, the system did, which had no memory left. */
  private static final int KILLED_STATUS = 128 + 9;

  /** SIGILL and SIGSYS: the program is not for this processor, or may not do what it needs. */
  private static final int ILLEGAL_INSTRUCTION_STATUS = 128 + 4;

  private static final int BAD_CALL_STATUS = 128 + 31;

  /** A disk with less room than this is full: a program's next write fails. */
  private static final long FULL_BYTES = 1 << 20;

  private ProgramCheck() {}

  /** A program that did not start at all. */
  static EnvironmentFault notStarted(IOException cause) {
    return new EnvironmentFault(Kind.PROGRAM, cause);
  }

  /**
   * Returns normally when nothing is wrong with this machine.
   *
   * @param failed a run that ended without success
   * @param written the folder that the run wrote to; null when it only read
   * @throws EnvironmentFault when this machine is at fault; the cause says what was found
   */
  static void requireSoundMachine(Ffprobe.Executable program, BoundedProcess failed, Path written)
      throws EnvironmentFault {
    if (failed.timedOut()) {
      return;
    }
    int status = failed.exitStatus();
    if (status == KILLED_STATUS) {
      throw new EnvironmentFault(Kind.MEMORY, new IOException(name(program) + " was killed"));
    }
    if (written != null && (status == NO_SPACE_STATUS || isFull(written))) {
      throw new EnvironmentFault(Kind.DISK, new IOException("No space left on device"));
    }
    if (status == ILLEGAL_INSTRUCTION_STATUS || status == BAD_CALL_STATUS) {
      throw new EnvironmentFault(
          Kind.PROGRAM, new IOException(name(program) + " ended with status " + status));
    }
    problemOf(program)
        .ifPresent(
            problem -> {
              throw new EnvironmentFault(Kind.PROGRAM, new IOException(problem));
            });
  }

  private static boolean isFull(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace() < FULL_BYTES;
    } catch (IOException e) {
      throw new EnvironmentFault(Kind.DISK, e);
    }
  }

  /** What is wrong with a program that cannot even tell its version; empty when it can. */
  private static Optional<String> problemOf(Ffprobe.Executable program) {
    ProcessBuilder builder =
        new ProcessBuilder(program.path(), "-v", "quiet", "-version").redirectErrorStream(true);
    program.setEnvironment(builder);
    try (BoundedProcess process = BoundedProcess.start(builder, TIMEOUT)) {
      byte[] output = process.output().readNBytes(MAX_OUTPUT_BYTES);
      process.output().transferTo(OutputStream.nullOutputStream());
      return process.succeeded()
          ? Optional.empty()
          : Optional.of(
              "%s ends with status %d: %s"
                  .formatted(
                      name(program),
                      process.exitStatus(),
                      new String(output, StandardCharsets.UTF_8).strip()));
    } catch (IOException e) {
      throw notStarted(e);
    }
  }

  private static String name(Ffprobe.Executable program) {
    return String.valueOf(Path.of(program.path()).getFileName());
  }
}
