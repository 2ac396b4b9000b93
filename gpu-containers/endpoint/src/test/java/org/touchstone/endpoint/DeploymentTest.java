package org.touchstone.endpoint;

import org.junit.jupiter.api.Test;
import org.touchstone.testing.deployment.DeploymentDescriptor;

class DeploymentTest {
  @Test
  void shipsADescriptorOfWhatTheCodeNeeds() {
    DeploymentDescriptor.of("org.touchstone.endpoint")
        // Requested over HTTP from the ECS agent.
        .withPermissions("ecs:GetTaskProtection", "ecs:UpdateTaskProtection")
        .requireShipped();
  }
}
