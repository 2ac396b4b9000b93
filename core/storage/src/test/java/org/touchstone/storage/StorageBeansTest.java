package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

class StorageBeansTest {
  private final StorageBeans beans = new StorageBeans();

  @Test
  void pointsStepFunctionsWhereTheConfigurationSays() {
    URI endpoint = URI.create("http://127.0.0.1:1234");
    try (SfnClient client =
        beans.stepFunctions(Optional.of(endpoint), Optional.of("eu-central-1"))) {
      assertThat(client.serviceClientConfiguration().endpointOverride()).contains(endpoint);
      assertThat(client.serviceClientConfiguration().region()).isEqualTo(Region.EU_CENTRAL_1);
    }
  }

  @Test
  void pointsStepFunctionsToAwsOtherwise() {
    try (SfnClient client = beans.stepFunctions(Optional.empty(), Optional.of("eu-central-1"))) {
      assertThat(client.serviceClientConfiguration().endpointOverride()).isEmpty();
    }
  }

  @Test
  void tellsTheTimeInUtc() {
    assertThat(beans.clock().getZone()).isEqualTo(ZoneOffset.UTC);
  }
}
