package org.touchstone.resolver;

import org.junit.jupiter.api.Test;
import org.touchstone.testing.deployment.DeploymentDescriptor;

class DeploymentTest {
  @Test
  void shipsADescriptorOfWhatTheCodeNeeds() {
    DeploymentDescriptor.of("org.touchstone.resolver").requireShipped();
  }
}
