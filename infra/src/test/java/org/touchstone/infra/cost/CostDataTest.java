package org.touchstone.infra.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.infra.Deployment.DEFAULT;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.touchstone.infra.NeedsNode;
import org.touchstone.infra.ShippedDescriptor;
import org.touchstone.infra.contract.FunctionSpec;

/** The cost page counts the deployed resources. */
@NeedsNode
class CostDataTest {
  /** Application Auto Scaling creates two alarms of five metrics for each tracking policy. */
  private static final int METRICS_OF_TRACKING = 10;

  private static final PriceList COSTS = PriceList.bundled();

  @Test
  void countsWhatIsPaidForAtRest() {
    assertThat(COSTS.deployed("polledQueues"))
        .isEqualTo(DEFAULT.properties("AWS::Lambda::EventSourceMapping").size());
    assertThat(COSTS.deployed("secrets"))
        .isEqualTo(DEFAULT.properties("AWS::SecretsManager::Secret").size());
    assertThat(COSTS.deployed("dashboards"))
        .isEqualTo(DEFAULT.properties("AWS::CloudWatch::Dashboard").size());
    assertThat(COSTS.deployed("alarmMetrics")).isEqualTo(alarmMetrics());
    assertThat(COSTS.deployed("customMetrics"))
        .as("each is written once, or once for each endpoint")
        .isEqualTo(
            ShippedDescriptor.standardMetrics().size()
                // There is no bot by default.
                - ShippedDescriptor.metrics(Set.of(FunctionSpec.MENTIONS.module())).size())
        .isLessThanOrEqualTo(10);
    assertThat(COSTS.deployed("instanceDiskGb"))
        .isEqualTo(
            DEFAULT
                .properties("AWS::EC2::LaunchTemplate")
                .getFirst()
                .findValue("VolumeSize")
                .asInt());
  }

  @Test
  void countsTheMemoryThatFunctionsHave() {
    assertThat(COSTS.assumed("intakeGb") * 1024).isEqualTo(FunctionSpec.INTAKE.size().memoryMb());
    assertThat(COSTS.assumed("resolveGb") * 1024).isEqualTo(FunctionSpec.RESOLVE.size().memoryMb());
    assertThat(COSTS.assumed("voteGb") * 1024).isEqualTo(FunctionSpec.VOTE.size().memoryMb());
    JsonNode cpu = DEFAULT.function("endpoint-cpu");
    assertThat(COSTS.deployed("cpuGb") * 1024).isEqualTo(cpu.get("MemorySize").asInt());
    assertThat(COSTS.deployed("cpuDiskGb") * 1024)
        .isEqualTo(cpu.get("EphemeralStorage").get("Size").asInt());
    assertThat(FunctionSpec.PARTNERS.size().memoryMb())
        .as("what the page says of voters' waiting")
        .isEqualTo(1024);
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
