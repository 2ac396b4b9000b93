package org.touchstone.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.touchstone.judge.job.JudgeEnvironment;
import org.touchstone.testing.deployment.DeploymentDescriptor;

class DeploymentTest {
  @Test
  void shipsADescriptorOfWhatTheCodeNeeds() {
    assertThat(
            DeploymentDescriptor.of("org.touchstone.judge")
                .withVariables(JudgeEnvironment.VARIABLES)
                .difference())
        .isEmpty();
  }
}
