package org.touchstone.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.touchstone.testing.deployment.DeploymentDescriptor;

class DeploymentTest {
  @Test
  void shipsADescriptorOfWhatTheCodeNeeds() {
    // The two permissions are requested over HTTP from the ECS agent.
    assertThat(
            DeploymentDescriptor.of("org.touchstone.endpoint")
                .withPermissions("ecs:GetTaskProtection", "ecs:UpdateTaskProtection")
                .difference())
        .isEmpty();
  }
}
