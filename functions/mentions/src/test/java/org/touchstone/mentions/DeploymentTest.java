package org.touchstone.mentions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.touchstone.testing.deployment.DeploymentDescriptor;

class DeploymentTest {
  @Test
  void shipsADescriptorOfWhatTheCodeNeeds() {
    assertThat(DeploymentDescriptor.of("org.touchstone.mentions").difference()).isEmpty();
  }
}
