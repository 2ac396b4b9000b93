package org.touchstone.endpoint.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private final SmallRyeConfig settings =
      new SmallRyeConfigBuilder()
          .withMapping(EndpointConfig.class)
          .addDiscoveredConverters()
          .addDefaultInterceptors()
          .withDefaultValue("java.io.tmpdir", System.getProperty("java.io.tmpdir"))
          .build();
  private final EndpointConfig config = settings.getConfigMapping(EndpointConfig.class);

  @Test
  void readsNothingByItselfAndWorksNoQueueUnlessToldTo() {
    assertThat(config.http().allowedUrls()).isEmpty();
    assertThat(config.http().filesFolder()).isEmpty();
    assertThat(config.queueUrl()).isEmpty();
  }

  @Test
  void isReadyUntilItsDrainBegins() {
    Lifecycle lifecycle = new Lifecycle(config, null);
    lifecycle.start(new StartupEvent());
    assertThat(lifecycle.isReady()).isTrue();

    lifecycle.beginDrain(new ShutdownDelayInitiatedEvent());

    assertThat(lifecycle.isReady()).isFalse();
  }
}
