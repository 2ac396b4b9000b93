package org.touchstone.infra.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;

@NeedsNode
class WorkflowTest {
  private static final String MACHINE = "AWS::StepFunctions::StateMachine";

  @ParameterizedTest
  @EnumSource
  void runsTheWorkflowsFileUnchanged(Deployment deployment) {
    assertThat(deployment.only(MACHINE).get("DefinitionString").asText()).isEqualTo(file());
  }

  @ParameterizedTest
  @EnumSource
  void substitutesEveryNameInTheFileAndNoOther(Deployment deployment) {
    Set<String> wanted =
        Pattern.compile("\\$\\{(\\w+)}")
            .matcher(file())
            .results()
            .map((MatchResult m) -> m.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> given = new TreeSet<>();
    deployment
        .only(MACHINE)
        .get("DefinitionSubstitutions")
        .fieldNames()
        .forEachRemaining(given::add);
    assertThat(given).isEqualTo(wanted).isNotEmpty();
  }

  private static String file() {
    return Deployment.read(Deployment.root().resolve("statemachine/analysis.asl.json"));
  }

  @ParameterizedTest
  @EnumSource
  void logsWithoutDataAndTraces(Deployment deployment) {
    JsonNode machine = deployment.only(MACHINE);
    assertThat(machine.get("LoggingConfiguration").get("Level").asText()).isEqualTo("ALL");
    assertThat(machine.get("LoggingConfiguration").get("IncludeExecutionData").asBoolean())
        .isFalse();
    assertThat(machine.get("TracingConfiguration").get("Enabled").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void mayCallWhatTheFileCallsAndNothingElse(Deployment deployment) {
    Set<String> actions = new TreeSet<>();
    for (JsonNode statement : deployment.statements(deployment.only(MACHINE).get("RoleArn"))) {
      actions.addAll(Deployment.texts(statement.get("Action")));
      if (Deployment.texts(statement.get("Resource")).contains("*")) {
        assertThat(Deployment.texts(statement.get("Action")))
            .allMatch(action -> action.startsWith("logs:") || action.startsWith("xray:"));
      }
    }
    actions.removeIf(action -> action.startsWith("logs:") || action.startsWith("xray:"));
    assertThat(actions)
        .containsExactlyInAnyOrderElementsOf(
            deployment == Deployment.BARE
                ? Set.of("lambda:InvokeFunction", "events:PutEvents")
                : Set.of("lambda:InvokeFunction", "events:PutEvents", "sqs:SendMessage"));
  }

  @ParameterizedTest
  @EnumSource
  void warnsOfExecutionsThatFailOrTimeOut(Deployment deployment) {
    assertThat(deployment.properties("AWS::CloudWatch::Alarm"))
        .filteredOn(alarm -> "AWS/States".equals(alarm.path("Namespace").asText()))
        .allMatch(alarm -> alarm.get("Threshold").asInt() == 1 && alarm.has("AlarmActions"))
        .extracting(alarm -> alarm.get("MetricName").asText())
        .contains("ExecutionsFailed", "ExecutionsTimedOut");
  }

  @ParameterizedTest
  @EnumSource
  void recordsExecutionsThatWereStoppedFromOutside(Deployment deployment) {
    assertThat(deployment.properties("AWS::Events::Rule"))
        .filteredOn(rule -> rule.path("EventPattern").toString().contains("aws.states"))
        .filteredOn(rule -> rule.get("Description").asText().startsWith("Records"))
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(Deployment.texts(rule.get("EventPattern").get("detail").get("status")))
                  .containsExactlyInAnyOrder("FAILED", "TIMED_OUT", "ABORTED");
              assertThat(rule.get("Targets").get(0).get("Arn").toString())
                  .containsIgnoringCase("recordfailure");
              assertThat(rule.findValue("InputTemplate").asText())
                  .contains("\"analysisId\":<", "\"error\":<", "\"cause\":\"");
            });
  }
}
