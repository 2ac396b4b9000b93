package org.touchstone.infra.artefacts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.touchstone.infra.config.ConfigReader;

class BuildsTest {
  @Test
  void buildsNativeFunctionsAndContainersByDefault() {
    assertThat(Builds.of(ConfigReader.parse("endpoints: [{name: a}]")))
        .containsExactly(
            "package -Pnative,image -Dnative.platform=linux/arm64 -Dimage.platform=linux-arm64"
                + " -pl functions/intake,functions/voting,functions/batches,functions/webhooks,functions/upkeep,functions/resolver -am",
            "package -Pgpu -pl gpu-containers/endpoint -am");
  }

  @Test
  void buildsTheImageOfCpuEndpointsForTheirProcessors() {
    assertThat(
            Builds.of(
                ConfigReader.parse(
                    "{functions: {architecture: x86-64}, endpoints: [{name: a, compute: cpu}]}")))
        .hasSize(2)
        .last()
        .isEqualTo("package -Djavacpp.platform=linux-x86_64 -pl gpu-containers/lambda -am");
  }

  @Test
  void buildsNoImageThatComesFromElsewhere() {
    String image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/a:1";
    assertThat(
            Builds.of(
                ConfigReader.parse(
                    "{functions: {mode: jvm, resolverImage: '%s'}, endpoints: [{name: a, image: '%s'},"
                            .formatted(image, image)
                        + " {name: b, compute: cpu, image: '%s'}]}".formatted(image))))
        .containsExactly(
            "package -pl functions/intake,functions/voting,functions/batches,functions/webhooks,functions/upkeep -am");
  }
}
