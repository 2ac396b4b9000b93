package org.touchstone.endpoint;

import org.junit.jupiter.api.Test;
import org.touchstone.testing.deployment.DeploymentDescriptor;

class DeploymentTest {
  @Test
  void shipsADescriptorOfWhatTheCodeNeeds() {
    DeploymentDescriptor.of("org.touchstone.endpoint")
        // Asked for over HTTP, of the agent of ECS.
        .withPermissions("ecs:GetTaskProtection", "ecs:UpdateTaskProtection")
        .requireShipped();
  }
}
