package org.touchstone.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.touchstone.testing.deployment.DeploymentDescriptor;

class DeploymentTest {
  @Test
  void shipsADescriptorOfWhatTheCodeNeeds() {
    Map<String, DeploymentDescriptor.Setting> settings = new TreeMap<>();
    Map<String, String> names = new TreeMap<>();
    for (Setting setting : Setting.values()) {
      String byDefault = setting.byDefault();
      settings.put(
          setting.key(),
          new DeploymentDescriptor.Setting(
              byDefault == null, byDefault == null || byDefault.isEmpty() ? null : byDefault));
      setting.shortName().ifPresent(name -> names.put(name, setting.key()));
    }

    assertThat(
            DeploymentDescriptor.of("org.touchstone.lambda")
                .withSettings(settings, names)
                .difference())
        .isEmpty();
  }
}
