package org.touchstone.resolver.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.MissingMedium;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

class FoundMediaTest {
  private final FoundMedia found = new FoundMedia();

  @Test
  void keepThePlaceOfAMediumThatCannotBeHad() {
    ProblemException gone = new ProblemException(ProblemType.MEDIA_TOO_LARGE);

    found.read(
        () -> {
          throw gone;
        });

    assertThat(found.missing()).containsExactly(new MissingMedium(0, gone.problem()));
  }

  @Test
  void doNotCountAFaultOfThisMachineAsAMissingMedium() {
    EnvironmentFault fault = new EnvironmentFault(EnvironmentFault.Kind.DISK, null);

    assertThatThrownBy(
            () ->
                found.read(
                    () -> {
                      throw fault;
                    }))
        .isSameAs(fault);
    assertThat(found.isEmpty()).isTrue();
  }
}
