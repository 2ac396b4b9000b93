package org.touchstone.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

class LocalFilesTest {
  @TempDir Path folder;

  @Test
  void givesNothingByDefault() throws Exception {
    Path file = Files.createFile(folder.resolve("photo.png"));

    assertThatExceptionOfType(EndpointProblemException.class)
        .isThrownBy(() -> new LocalFiles(Optional.empty()).find(file.toString()))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(EndpointProblem.SOURCE_FORBIDDEN));
  }

  @Test
  void takesNamesThatAreNoneForInvalid() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> new LocalFiles(Optional.of(folder)).find("a\0b"))
        .satisfies(e -> assertThat(e.problem().type()).isEqualTo(ProblemType.REQUEST_INVALID));
  }

  @Test
  void findsFilesThroughLinksThatStayBelowTheFolder() throws Exception {
    Path file = Files.createFile(folder.resolve("photo.png"));
    Files.createSymbolicLink(folder.resolve("link.png"), file);

    assertThat(new LocalFiles(Optional.of(folder)).find("link.png")).isEqualTo(file.toRealPath());
  }
}
