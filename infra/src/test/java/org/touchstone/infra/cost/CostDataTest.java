package org.touchstone.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.infra.Deployment.DEFAULT;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.touchstone.infra.contract.FunctionSpec;

/** What the cost page counts is what is deployed. */
@NeedsNode
class CostDataTest {
  /** Application Auto Scaling makes two alarms of three metrics for each policy that tracks. */
  private static final int METRICS_OF_TRACKING = 6;

  private final JsonNode costs =
      Deployment.json(
          Deployment.root()
              .resolve("local/src/main/resources/org/touchstone/local/cost/prices.json"));

  @Test
  void countsWhatIsPaidForAtRest() {
    JsonNode counted = costs.get("deployment");
    assertThat(counted.get("endpoints").asInt())
        .isEqualTo(DEFAULT.properties("AWS::ECS::TaskDefinition").size());
    assertThat(counted.get("secrets").asInt())
        .isEqualTo(DEFAULT.properties("AWS::SecretsManager::Secret").size());
    assertThat(counted.get("dashboards").asInt())
        .isEqualTo(DEFAULT.properties("AWS::CloudWatch::Dashboard").size());
    assertThat(counted.get("alarmMetrics").asInt()).isEqualTo(alarmMetrics());
    assertThat(counted.get("instanceDiskGb").asInt())
        .isEqualTo(
            DEFAULT
                .properties("AWS::EC2::LaunchTemplate")
                .getFirst()
                .findValue("VolumeSize")
                .asInt());
  }

  @Test
  void countsTheMemoryThatFunctionsHave() {
    JsonNode assumed = costs.get("assumptions");
    assertThat(assumed.get("intakeGb").asDouble() * 1024)
        .isEqualTo(FunctionSpec.INTAKE.size().memoryMb());
    assertThat(assumed.get("resolveGb").asDouble() * 1024)
        .isEqualTo(FunctionSpec.RESOLVE.size().memoryMb());
    assertThat(assumed.get("voteGb").asDouble() * 1024)
        .isEqualTo(FunctionSpec.VOTE.size().memoryMb());
  }

  private static long alarmMetrics() {
    long metrics = 0;
    for (JsonNode alarm : DEFAULT.properties("AWS::CloudWatch::Alarm")) {
      metrics += alarm.has("Metrics") ? alarm.get("Metrics").findValues("MetricStat").size() : 1;
    }
    long tracking =
        DEFAULT.properties("AWS::ApplicationAutoScaling::ScalingPolicy").stream()
            .filter(policy -> policy.get("PolicyType").asText().equals("TargetTrackingScaling"))
            .count();
    return metrics + tracking * METRICS_OF_TRACKING;
  }
}
