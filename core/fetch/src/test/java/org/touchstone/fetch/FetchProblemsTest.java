package org.touchstone.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

class FetchProblemsTest {
  @ParameterizedTest
  @ValueSource(strings = {"Too many open files", "Cannot allocate memory"})
  void aSocketThatThisMachineCannotOpenIsNotTheServersFault(String message) {
    ProblemException problem =
        FetchProblems.of(ProblemType.FETCH_FAILED, new SocketException(message));

    assertThat(problem).isInstanceOf(EnvironmentFault.class);
    assertThat(problem.problem().type()).isEqualTo(ProblemType.ENVIRONMENT_FAULT);
  }

  @Test
  void whatAServerSaysIsNoFaultOfThisMachine() {
    IOException said = new IOException("Invalid status line: <Too many open files>");
    IOException refused = new ConnectException("Connection refused");

    assertThat(FetchProblems.of(ProblemType.FETCH_FAILED, said).problem().type())
        .isEqualTo(ProblemType.FETCH_FAILED);
    assertThat(FetchProblems.of(ProblemType.FETCH_UNREACHABLE, refused).problem().type())
        .isEqualTo(ProblemType.FETCH_UNREACHABLE);
  }
}
