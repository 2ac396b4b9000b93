package org.touchstone.domain;

import java.nio.file.AccessDeniedException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A fault of the machine that works on a medium: it says nothing about the medium, and another try,
 * here or elsewhere, may succeed. The message may be shown to anyone; the cause belongs in the log.
 */
public final class EnvironmentFault extends ProblemException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_CAUSES = 20;

  private static final Pattern DISK_MESSAGES =
      Pattern.compile(
          "no space left on device|disk quota exceeded|read-only file system|input/output error"
              + "|too many open files|not enough space on the disk");

  private static final Pattern MEMORY_MESSAGES =
      Pattern.compile(
          "cannot allocate memory|failed to allocate (memory|\\d+ bytes)|out of memory"
              + "|insufficient memory|physical memory usage is too high");

  private final Kind kind;

  /** What is at fault. */
  public enum Kind {
    PROGRAM("A program that Touchstone needs does not run on this machine."),
    LIBRARY("A native library that Touchstone needs does not load on this machine."),
    MODELS("A detector's model cannot be read on this machine."),
    DISK("The disk of this machine is full or cannot be used."),
    MEMORY("There is not enough memory on this machine.");

    private final String sentence;

    Kind(String sentence) {
      this.sentence = sentence;
    }

    /** A sentence for users. */
    public String sentence() {
      return sentence;
    }
  }

  /**
   * A fault of the machine.
   *
   * @param cause what happened, for the log; may be null
   */
  public EnvironmentFault(Kind kind, Throwable cause) {
    super(Problem.of(ProblemType.ENVIRONMENT_FAULT, kind.sentence()), cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /**
   * The fault of the machine behind an exception or error; empty when there is none, so that it may
   * be the medium's. Looks at the causes too.
   */
  public static Optional<EnvironmentFault> behind(Throwable thrown) {
    Throwable each = thrown;
    for (int i = 0; each != null && i < MAX_CAUSES; i++, each = each.getCause()) {
      if (each instanceof EnvironmentFault known) {
        return Optional.of(known);
      }
      Kind kind = kindOf(each);
      if (kind != null) {
        return Optional.of(new EnvironmentFault(kind, thrown));
      }
    }
    return Optional.empty();
  }

  private static Kind kindOf(Throwable thrown) {
    String message =
        thrown.getMessage() == null ? "" : thrown.getMessage().toLowerCase(Locale.ROOT);
    if (thrown instanceof OutOfMemoryError || MEMORY_MESSAGES.matcher(message).find()) {
      return Kind.MEMORY;
    }
    // Also what follows a library that did not load: classes that need it cannot be initialised.
    if (thrown instanceof LinkageError) {
      return Kind.LIBRARY;
    }
    boolean cannotWrite =
        thrown instanceof AccessDeniedException || thrown instanceof ReadOnlyFileSystemException;
    return cannotWrite || DISK_MESSAGES.matcher(message).find() ? Kind.DISK : null;
  }
}
