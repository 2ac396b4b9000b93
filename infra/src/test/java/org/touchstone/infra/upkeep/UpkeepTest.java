package org.touchstone.infra.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;

@NeedsNode
class UpkeepTest {
  @ParameterizedTest
  @EnumSource
  void sweepsFourTimesAnHour(Deployment deployment) {
    JsonNode schedule =
        deployment.properties("AWS::Scheduler::Schedule").stream()
            .filter(one -> one.path("Name").asText().endsWith("-sweep"))
            .findFirst()
            .orElseThrow();

    assertThat(schedule.get("ScheduleExpression").asText()).isEqualTo("rate(15 minutes)");
    assertThat(schedule.at("/FlexibleTimeWindow/Mode").asText()).isEqualTo("OFF");
    assertThat(schedule.at("/Target/Arn/Ref").asText()).startsWith("FunctionssweepLive");
    assertThat(deployment.statements(schedule.at("/Target/RoleArn")))
        .singleElement()
        .satisfies(
            statement -> {
              assertThat(statement.get("Action").asText()).isEqualTo("lambda:InvokeFunction");
              assertThat(statement.at("/Resource/Ref").asText()).startsWith("FunctionssweepLive");
            });
  }

  /** A few times an hour: five failures in five minutes would never come. */
  @ParameterizedTest
  @EnumSource
  void tellsOfTheFirstSweepThatFails(Deployment deployment) {
    assertThat(deployment.properties("AWS::CloudWatch::Alarm"))
        .filteredOn(alarm -> alarm.get("AlarmDescription").asText().equals("Function sweep fails."))
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.get("Threshold").asInt()).isEqualTo(1));
  }

  @ParameterizedTest
  @EnumSource
  void stopsOnlyExecutionsOfTheOwnWorkflow(Deployment deployment) {
    for (String function : new String[] {"sweep", "intake"}) {
      assertThat(deployment.statements(deployment.function(function).get("Role")))
          .filteredOn(statement -> statement.get("Action").asText().equals("states:StopExecution"))
          .singleElement()
          .satisfies(
              statement ->
                  assertThat(statement.get("Resource").toString())
                      .containsPattern(":execution:(touchstone|org)-analysis:\\*\""));
    }
  }

  @ParameterizedTest
  @EnumSource
  void knowsWhetherTheBucketKeepsOldVersions(Deployment deployment) {
    for (String function : new String[] {"sweep", "intake"}) {
      assertThat(
              deployment
                  .function(function)
                  .at("/Environment/Variables/TOUCHSTONE_BUCKET_VERSIONED")
                  .asText())
          .isEqualTo(String.valueOf(deployment == Deployment.FULL));
    }
  }
}
