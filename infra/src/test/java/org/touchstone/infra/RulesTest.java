package org.touchstone.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.touchstone.infra.security.NagFindings;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.s3.Bucket;

/** Checks of whole templates by others' rules: cdk-nag's AwsSolutions and CloudFormation's own. */
@NeedsNode
class RulesTest {
  @ParameterizedTest
  @EnumSource
  void followsEveryRuleOfAwsSolutionsOrSaysWhyNot(Deployment deployment) throws IOException {
    assertThat(NagFindings.in(deployment.out())).isEmpty();
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

  @Test
  void complainsOfWhatBreaksARuleOfAwsSolutions(@TempDir Path folder) throws IOException {
    App app = TouchstoneApp.app(folder);
    Bucket.Builder.create(new Stack(app, "open"), "Open").build();
    app.synth();
    assertThat(NagFindings.in(folder)).anyMatch(line -> line.contains("AwsSolutions-S10"));
  }

  @ParameterizedTest
  @EnumSource
  void givesTemplatesThatCloudFormationsRulesAccept(Deployment deployment) {
    assertThat(Deployment.json(deployment.out().resolve("validation-report.json")))
        .allSatisfy(plugins -> assertThat(plugins.findValues("violations")).isEmpty());
  }

  /** CloudFormation makes a resource after those that it refers to; cfn-lint calls it W3005. */
  @ParameterizedTest
  @EnumSource
  void namesNoDependencyThatAReferenceAlreadyTells(Deployment deployment) {
    List<String> repeated = new ArrayList<>();
    boolean[] any = new boolean[1];
    deployment
        .template()
        .get("Resources")
        .properties()
        .forEach(
            resource -> {
              String properties = resource.getValue().path("Properties").toString();
              for (String name : Deployment.texts(resource.getValue().path("DependsOn"))) {
                any[0] = true;
                if (properties.contains("{\"Ref\":\"" + name + "\"}")
                    || properties.contains("{\"Fn::GetAtt\":[\"" + name + "\",")) {
                  repeated.add(resource.getKey() + " on " + name);
                }
              }
            });
    assertThat(repeated).isEmpty();
    assertThat(any[0]).as("other dependencies stay").isTrue();
  }

  @Test
  void failsOnWhatCloudFormationsRulesDoNotAccept(@TempDir Path folder) {
    App app = TouchstoneApp.app(folder);
    CfnResource.Builder.create(new Stack(app, "broken"), "Queue")
        .type("AWS::SQS::Queue")
        .properties(Map.of("NoSuchProperty", 1))
        .build();
    assertThatThrownBy(app::synth).hasMessageContaining("validation");
    assertThat(
            Deployment.json(folder.resolve("validation-report.json")).findValuesAsText("ruleName"))
        .contains("F3002");
  }
}
