package org.touchstone.infra.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.infra.Deployment.BARE;
import static org.touchstone.infra.Deployment.DEFAULT;
import static org.touchstone.infra.Deployment.FULL;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;
import org.touchstone.infra.ShippedDescriptor;
import org.touchstone.infra.contract.FunctionSpec;

@NeedsNode
class ObservabilityTest {
  /** The dashboard's text, references left out. */
  private static String dashboard(Deployment deployment) {
    StringBuilder text = new StringBuilder();
    for (JsonNode part :
        deployment.only("AWS::CloudWatch::Dashboard").get("DashboardBody").get("Fn::Join").get(1)) {
      text.append(part.isTextual() ? part.asText() : "");
    }
    return text.toString().replace("\\\"", "\"");
  }

  /** Each metric that is written, with its dimensions. */
  private static Map<String, Set<String>> written() {
    return ShippedDescriptor.metrics(
        Stream.concat(
                Stream.of(FunctionSpec.values()).map(FunctionSpec::module),
                Stream.of("gpu-containers/endpoint", "gpu-containers/lambda"))
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "FULL"})
  void showsMetricsThatAreWrittenByTheDimensionsTheyHave(Deployment deployment) {
    Map<String, Set<String>> written = written();
    Pattern search = Pattern.compile("SEARCH\\('\\{Touchstone,([^}]+)} MetricName=\"(\\w+)\"'");
    Matcher searches = search.matcher(dashboard(deployment));
    Set<String> shown = new TreeSet<>();
    while (searches.find()) {
      shown.add(searches.group(2));
      assertThat(written).containsKey(searches.group(2));
      assertThat(List.of(searches.group(1).split(",")))
          .containsExactlyInAnyOrderElementsOf(written.get(searches.group(2)));
    }
    assertThat(shown).contains("GpuUtilization", "QueueWait", "JobsLost");
    if (deployment == FULL) {
      assertThat(shown)
          .contains(
              "AnalysesEnded",
              "MediaJudged",
              "StageDuration",
              "DetectorFailures",
              "PlatformFailures",
              "JobsEnded");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "FULL"})
  void showsMetricsWithoutDimensionsThatAreWritten(Deployment deployment) {
    Matcher metrics =
        Pattern.compile("\\[\"Touchstone\",\"(\\w+)\",\\{").matcher(dashboard(deployment));
    Set<String> shown = new TreeSet<>();
    while (metrics.find()) {
      shown.add(metrics.group(1));
      assertThat(written()).containsEntry(metrics.group(1), Set.of());
    }
    Set<String> expected =
        new TreeSet<>(Set.of("AnalysisDuration", "DeadWebhooks", "EnvironmentFaults"));
    if (deployment == FULL) {
      expected.addAll(Set.of("MentionQueueAge", "FailedMentions"));
    }
    assertThat(shown).isEqualTo(expected);
  }

  @Test
  void addsUpLogLinesWhereCloudWatchKeepsStandardMetricsOnly() {
    Set<String> standard = ShippedDescriptor.standardMetrics();
    Matcher queries =
        Pattern.compile("filter ispresent\\((\\w+)\\)[^|]*\\| stats [^|]*? by ([\\w, ]+?)\\\\n")
            .matcher(dashboard(DEFAULT));
    Set<String> queried = new TreeSet<>();
    while (queries.find()) {
      queried.add(queries.group(1));
      assertThat(List.of(queries.group(2).strip().split(", ")))
          .as(queries.group(1))
          .containsExactlyInAnyOrderElementsOf(written().get(queries.group(1)));
    }
    Set<String> detailed = new TreeSet<>(written().keySet());
    detailed.removeAll(standard);
    // Shown by the level of their verdict, failed ones among them.
    detailed.remove("AnalysesFailed");

    assertThat(queried).isEqualTo(detailed);
    assertThat(
            dashboard(FULL)
                .replace("ispresent(mdc.voterOutcome)", "")
                .replace("ispresent(mdc.botPlatform)", ""))
        .as("only voters and the bot's platforms have no metrics")
        .doesNotContain("ispresent");
    Matcher shown = Pattern.compile("MetricName=\"(\\w+)\"").matcher(dashboard(DEFAULT));
    while (shown.find()) {
      assertThat(standard).contains(shown.group(1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void watchesForFaultsOfMachinesByAMetricThatIsAlwaysKept(Deployment deployment) {
    assertThat(deployment.properties("AWS::CloudWatch::Alarm"))
        .filteredOn(alarm -> alarm.path("Namespace").asText().equals("Touchstone"))
        .isNotEmpty()
        .allSatisfy(
            alarm -> {
              String metric = alarm.get("MetricName").asText();
              assertThat(ShippedDescriptor.standardMetrics()).contains(metric);
              assertThat(written().get(metric)).isEmpty();
              assertThat(alarm.get("AlarmActions")).isNotEmpty();
            })
        .extracting(alarm -> alarm.get("MetricName").asText())
        .containsExactlyInAnyOrderElementsOf(
            deployment == FULL
                ? List.of("DeadWebhooks", "EnvironmentFaults", "FailedMentions", "MentionQueueAge")
                : List.of("DeadWebhooks", "EnvironmentFaults"));
  }

  @Test
  void showsBothLanes() {
    assertThat(dashboard(DEFAULT))
        .contains("CPU lane: jobs at once, throttles", "ConcurrentExecutions")
        .contains("CPU lane: time of a job")
        .contains("Running tasks, each one GPU that is paid for");
    assertThat(DEFAULT.only("AWS::CloudWatch::Dashboard").toString())
        .as("logs of the CPU lane")
        .contains("CpuEndpointcpuLog");
  }

  @Test
  void tellsWhatTheGpusCost() {
    assertThat(dashboard(DEFAULT))
        .contains("GPU cost (USD an hour")
        .contains("(FILL(tasks_all_0, 0) + FILL(tasks_all_1, 0)) * 1.006");
  }

  @Test
  void hasNoDashboardWhereNoneIsWanted() {
    assertThat(BARE.properties("AWS::CloudWatch::Dashboard")).isEmpty();
  }

  @Test
  void tellsTheOperatorByMail() {
    assertThat(FULL.only("AWS::SNS::Subscription").get("Endpoint").asText())
        .isEqualTo("operator@example.org");
    assertThat(DEFAULT.properties("AWS::SNS::Subscription")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void letsAlarmsOfThisAccountTellTheTopic(Deployment deployment) {
    assertThat(deployment.only("AWS::SNS::TopicPolicy").get("PolicyDocument").get("Statement"))
        .filteredOn(statement -> statement.get("Effect").asText().equals("Allow"))
        .singleElement()
        .satisfies(
            statement -> {
              assertThat(statement.get("Action").asText()).isEqualTo("sns:Publish");
              assertThat(statement.get("Principal").get("Service").asText())
                  .isEqualTo("cloudwatch.amazonaws.com");
              assertThat(statement.get("Condition").get("StringEquals").has("aws:SourceAccount"))
                  .isTrue();
            });
  }

  @ParameterizedTest
  @EnumSource
  void watchesEveryFunctionByItsNameAndTheApi(Deployment deployment) {
    Map<String, JsonNode> functions = deployment.resources("AWS::Lambda::Function");
    Map<String, String> watched =
        deployment.properties("AWS::CloudWatch::Alarm").stream()
            .filter(alarm -> alarm.path("MetricName").asText().equals("Errors"))
            .filter(alarm -> alarm.get("AlarmDescription").asText().endsWith(" fails."))
            .collect(
                Collectors.toMap(
                    alarm -> alarm.get("Dimensions").get(0).get("Value").get("Ref").asText(),
                    alarm -> alarm.get("AlarmDescription").asText()));
    assertThat(watched.keySet()).isEqualTo(functions.keySet());
    watched.forEach(
        (id, description) ->
            assertThat(functions.get(id).get("Properties").get("FunctionName").asText())
                .endsWith("-" + description.replaceAll("^Function | fails\\.$", "")));
    assertThat(deployment.properties("AWS::CloudWatch::Alarm"))
        .extracting(alarm -> alarm.path("MetricName").asText())
        .contains("5XXError", "Throttles");
  }

  @ParameterizedTest
  @EnumSource
  void watchesEveryQueueWhoseMessagesMayNotWait(Deployment deployment) {
    Map<String, JsonNode> queues = deployment.resources("AWS::SQS::Queue");
    Map<String, String> watched =
        deployment.properties("AWS::CloudWatch::Alarm").stream()
            .filter(alarm -> alarm.path("Namespace").asText().equals("AWS/SQS"))
            .collect(
                Collectors.toMap(
                    alarm -> alarm.at("/Dimensions/0/Value/Fn::GetAtt/0").asText(),
                    alarm -> alarm.get("MetricName").asText()));
    Map<String, String> expected = new TreeMap<>();
    queues.forEach(
        (id, queue) ->
            metricOf(queue.get("Properties").get("QueueName").asText())
                .ifPresent(metric -> expected.put(id, metric)));
    assertThat(watched).isEqualTo(expected);
  }

  private static Optional<String> metricOf(String queue) {
    if (queue.matches(".*-(batches|bot|events|marketplace-notices)-dead-letters")) {
      // People move them back.
      return Optional.of("ApproximateNumberOfMessagesVisible");
    }
    // Jobs of bulk queues may wait, attempts at webhooks are delayed, and lost notices are told of.
    return queue.matches(".*-(bulk-jobs|events|marketplace-notices)")
        ? Optional.empty()
        : Optional.of("ApproximateAgeOfOldestMessage");
  }
}
