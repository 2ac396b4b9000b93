package org.touchstone.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.domain.EnvironmentFault.Kind;

class EnvironmentFaultTest {
  static Stream<Arguments> faultsOfAMachine() {
    return Stream.of(
        Arguments.of(new UnsatisfiedLinkError("no jniavutil in java.library.path"), Kind.LIBRARY),
        Arguments.of(new NoClassDefFoundError("Could not initialize class avutil"), Kind.LIBRARY),
        Arguments.of(
            new ExceptionInInitializerError(new UnsatisfiedLinkError("GLIBC_2.35 not found")),
            Kind.LIBRARY),
        Arguments.of(new FileSystemException("/tmp/a", null, "No space left on device"), Kind.DISK),
        Arguments.of(new IOException("Disk quota exceeded"), Kind.DISK),
        Arguments.of(new FileSystemException("/tmp/a", null, "Read-only file system"), Kind.DISK),
        Arguments.of(new IOException("Too many open files"), Kind.DISK),
        Arguments.of(new OutOfMemoryError("Java heap space"), Kind.MEMORY),
        Arguments.of(new RuntimeException("error: (-4:Insufficient memory)"), Kind.MEMORY),
        Arguments.of(new RuntimeException("Failed to allocate 1234567 bytes"), Kind.MEMORY),
        Arguments.of(
            new IOException("Cannot run program: error=12, Cannot allocate memory"), Kind.MEMORY));
  }

  @ParameterizedTest
  @MethodSource("faultsOfAMachine")
  void isFoundBehindWhatWasThrown(Throwable thrown, Kind kind) {
    assertThat(EnvironmentFault.behind(thrown).orElseThrow().kind()).isEqualTo(kind);
    Throwable wrapped =
        new ProblemException(
            Problem.of(ProblemType.MEDIA_CORRUPT), new IllegalStateException("failed", thrown));
    EnvironmentFault fault = EnvironmentFault.behind(wrapped).orElseThrow();

    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault.problem().type()).isEqualTo(ProblemType.ENVIRONMENT_FAULT);
    assertThat(fault).hasCause(wrapped);
  }

  @Test
  void isNotWhatADamagedFileCauses() {
    for (Throwable thrown :
        new Throwable[] {
          new EOFException(),
          new IOException("damaged"),
          new UncheckedIOException(new IOException("Connection reset")),
          new StackOverflowError(),
          new ArrayIndexOutOfBoundsException(5),
          new ProblemException(ProblemType.MEDIA_CORRUPT)
        }) {
      assertThat(EnvironmentFault.behind(thrown)).as(thrown.toString()).isEmpty();
    }
  }

  @Test
  void saysNothingOfTheMachineToUsers() {
    EnvironmentFault fault =
        new EnvironmentFault(
            Kind.DISK, new FileSystemException("/tmp/secret", null, "No space left on device"));

    assertThat(fault.problem().detail()).isEqualTo(Kind.DISK.sentence());
    assertThat(fault.getMessage()).doesNotContain("/tmp");
    assertThat(ProblemType.ENVIRONMENT_FAULT.isInputsFault()).isFalse();
  }
}
