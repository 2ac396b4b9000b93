package org.touchstone.payers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.touchstone.testing.deployment.DeploymentDescriptor;

class DeploymentTest {
  @Test
  void shipsADescriptorOfWhatTheCodeNeeds() {
    assertThat(
            DeploymentDescriptor.of("org.touchstone.payers")
                // Called without a client of the SDK.
                .withPermissionsOf("export", "aws-marketplace:BatchMeterUsage")
                .withPermissionsOf("buying", "aws-marketplace:ResolveCustomer")
                .difference())
        .isEmpty();
  }
}
