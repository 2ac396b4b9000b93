package org.touchstone.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;

/** Checks of whole templates by others' rules: cdk-nag's AwsSolutions and CloudFormation's own. */
@NeedsNode
class RulesTest {
  @ParameterizedTest
  @EnumSource
  void followsEveryRuleOfAwsSolutionsOrSaysWhyNot(Deployment deployment) throws IOException {
    List<String> broken = new ArrayList<>();
    for (JsonNode artifact :
        Deployment.json(deployment.out().resolve("manifest.json")).get("artifacts")) {
      JsonNode metadata =
          artifact.has("additionalMetadataFile")
              ? Deployment.json(
                  deployment.out().resolve(artifact.get("additionalMetadataFile").asText()))
              : artifact.path("metadata");
      metadata
          .properties()
          .forEach(
              entry ->
                  entry
                      .getValue()
                      .forEach(
                          message -> {
                            if (message.get("type").asText().matches("aws:cdk:(error|warning)")) {
                              broken.add(entry.getKey() + ": " + message.get("data").asText());
                            }
                          }));
    }
    assertThat(broken).isEmpty();
    Path report;
    try (var files = Files.list(deployment.out())) {
      report = files.filter(f -> f.toString().endsWith("-NagReport.csv")).findFirst().orElseThrow();
    }
    assertThat(Files.readAllLines(report))
        .as("cdk-nag ran")
        .anyMatch(line -> line.startsWith("\"AwsSolutions-S10\"") && line.contains("Compliant"))
        .filteredOn(line -> line.contains("\"Suppressed\""))
        .as("every suppression tells its reason")
        .allMatch(line -> line.split("\",\"")[3].length() > 30);
  }

  @ParameterizedTest
  @EnumSource
  void givesTemplatesThatCloudFormationsRulesAccept(Deployment deployment) {
    assertThat(Deployment.json(deployment.out().resolve("validation-report.json")))
        .allSatisfy(plugins -> assertThat(plugins.findValues("violations")).isEmpty());
  }

  @Test
  void failsOnWhatCloudFormationsRulesDoNotAccept(@TempDir Path folder) {
    App app = TouchstoneApp.app(folder);
    CfnParameter.Builder.create(new Stack(app, "broken"), "Unused").build();
    assertThatThrownBy(app::synth).hasMessageContaining("validation");
    assertThat(
            Deployment.json(folder.resolve("validation-report.json")).findValuesAsText("ruleName"))
        .contains("W2001");
  }
}
