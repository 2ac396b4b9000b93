package org.touchstone.partners;

import org.junit.jupiter.api.Test;
import org.touchstone.testing.deployment.DeploymentDescriptor;

class DeploymentTest {
  @Test
  void shipsADescriptorOfWhatTheCodeNeeds() {
    DeploymentDescriptor.of("org.touchstone.partners").requireShipped();
  }
}
