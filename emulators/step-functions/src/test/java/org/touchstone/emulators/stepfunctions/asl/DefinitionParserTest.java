package org.touchstone.emulators.stepfunctions.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.emulators.stepfunctions.jsonata.Template;

class DefinitionParserTest {
  private static final ResourceRules RESOURCES =
      resource ->
          resource.equals("r:invoke")
              ? Optional.of(new ResourceRules.Arguments(Set.of("Name"), Set.of("Name", "Payload")))
              : Optional.empty();

  @Test
  void readsEveryKindOfState() throws Exception {
    Definition definition =
        parse(
            """
            {"Comment":"all","QueryLanguage":"JSONata","TimeoutSeconds":60,"StartAt":"T","States":{
              "T":{"Type":"Task","Resource":"r:invoke","Arguments":{"Name":"f","Payload":"{% 1 %}"},
                   "TimeoutSeconds":"{% $limit %}","HeartbeatSeconds":5,
                   "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":2,"MaxAttempts":0,
                             "BackoffRate":1.5,"MaxDelaySeconds":9,"JitterStrategy":"FULL"},
                            {"ErrorEquals":["States.ALL"]}],
                   "Catch":[{"ErrorEquals":["States.ALL"],"Assign":{"x":1},"Output":"o","Next":"F"}],
                   "Next":"M"},
              "M":{"Type":"Map","Items":[1,2],"ItemSelector":{"v":"{% 2 %}"},"MaxConcurrency":3,
                   "ToleratedFailureCount":1,"ToleratedFailurePercentage":12.5,
                   "ItemProcessor":{"ProcessorConfig":{"Mode":"INLINE"},"StartAt":"I",
                     "States":{"I":{"Type":"Pass","End":true}}},"Next":"P"},
              "P":{"Type":"Parallel","Branches":[{"StartAt":"B","States":{"B":{"Type":"Succeed"}}}],
                   "Next":"C"},
              "C":{"Type":"Choice","Choices":[{"Condition":"{% true %}","Next":"W"}],"Default":"S"},
              "W":{"Type":"Wait","Seconds":0,"Next":"S"},
              "S":{"Type":"Succeed","Output":7},
              "F":{"Type":"Fail","Error":"E","Cause":"{% 'c' %}"}}}
            """);

    assertThat(definition.timeoutSeconds()).isEqualTo(60);
    assertThat(definition.graph().states().keySet())
        .containsExactly("T", "M", "P", "C", "W", "S", "F");
    var task = (State.Task) definition.graph().state("T");
    assertThat(task.retriers())
        .containsExactly(
            new Retrier(List.of("E"), 2, 0, 1.5, 9, true),
            new Retrier(List.of("States.ALL"), 1, 3, 2, null, false));
    assertThat(task.catchers().getFirst().effects().variables()).containsExactly("x");
    assertThat(task.timeoutSeconds()).isInstanceOf(Template.Query.class);
    assertThat(((State.Choice) definition.graph().state("C")).defaultNext()).isEqualTo("S");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // a state named A with these fields            | code | location
        "`\"Type\":\"Nothing\",\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Type",
        "`\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Type",
        "`\"Type\":7,\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Type",
        "`\"Type\":\"Pass\"` | SCHEMA_VALIDATION_FAILED | /States/A/Next",
        "`\"Type\":\"Pass\",\"End\":true,\"Next\":\"A\"` | SCHEMA_VALIDATION_FAILED | /States/A/Next",
        "`\"Type\":\"Pass\",\"Next\":\"Gone\"` | MISSING_TRANSITION_TARGET | /States/A",
        "`\"Type\":\"Pass\",\"Next\":\"A\"` | MISSING_END_STATE | /States",
        "`\"Type\":\"Pass\",\"End\":true,\"InputPath\":\"$\"` | SCHEMA_VALIDATION_FAILED | /States/A",
        "`\"Type\":\"Pass\",\"End\":true,\"Result\":1` | SCHEMA_VALIDATION_FAILED | /States/A",
        "`\"Type\":\"Pass\",\"End\":true,\"Extra\":1` | SCHEMA_VALIDATION_FAILED | /States/A/Extra",
        "`\"Type\":\"Pass\",\"End\":true,\"Retry\":[]` | SCHEMA_VALIDATION_FAILED | /States/A/Retry",
        "`\"Type\":\"Pass\",\"End\":true,\"TimeoutSeconds\":1` | SCHEMA_VALIDATION_FAILED | /States/A/TimeoutSeconds",
        "`\"Type\":\"Pass\",\"End\":true,\"QueryLanguage\":\"JSONPath\"` | UNSUPPORTED_QUERY_LANGUAGE | /States/A/QueryLanguage",
        "`\"Type\":\"Pass\",\"End\":true,\"Output\":{\"v\":[\"{% a[1,2) %}\"]}` | INVALID_JSONATA_EXPRESSION | /States/A/Output/v[0]",
        "`\"Type\":\"Pass\",\"End\":true,\"Assign\":{\"states\":1}` | INVALID_VARIABLE | /States/A/Assign/states",
        "`\"Type\":\"Pass\",\"End\":true,\"Assign\":{\"a-b\":1}` | INVALID_VARIABLE | /States/A/Assign/a-b",
        "`\"Type\":\"Pass\",\"End\":true,\"Assign\":[]` | SCHEMA_VALIDATION_FAILED | /States/A/Assign",
        "`\"Type\":\"Succeed\",\"Assign\":{\"x\":1}` | SCHEMA_VALIDATION_FAILED | /States/A/Assign",
        "`\"Type\":\"Fail\",\"Error\":1` | SCHEMA_VALIDATION_FAILED | /States/A/Error",
        "`\"Type\":\"Wait\",\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Seconds",
        "`\"Type\":\"Wait\",\"Seconds\":-1,\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Seconds",
        "`\"Type\":\"Wait\",\"Seconds\":1,\"Timestamp\":\"2026-01-01T00:00:00Z\",\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Seconds",
        "`\"Type\":\"Wait\",\"Timestamp\":\"tomorrow\",\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Timestamp",
        "`\"Type\":\"Choice\",\"Choices\":[]` | SCHEMA_VALIDATION_FAILED | /States/A/Choices",
        "`\"Type\":\"Choice\",\"Choices\":[{\"Next\":\"A\"}]` | SCHEMA_VALIDATION_FAILED | /States/A/Choices[0]/Condition",
        "`\"Type\":\"Choice\",\"Choices\":[{\"Condition\":\"yes\",\"Next\":\"A\"}]` | SCHEMA_VALIDATION_FAILED | /States/A/Choices[0]/Condition",
        "`\"Type\":\"Choice\",\"Choices\":[{\"Condition\":\"{% ( %}\",\"Next\":\"A\"}]` | INVALID_JSONATA_EXPRESSION | /States/A/Choices[0]/Condition",
        "`\"Type\":\"Task\",\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Resource",
        "`\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::http:invoke\",\"End\":true` | UNSUPPORTED_RESOURCE | /States/A/Resource",
        "`\"Type\":\"Task\",\"Resource\":\"r:invoke\",\"Arguments\":{},\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Arguments",
        "`\"Type\":\"Task\",\"Resource\":\"r:invoke\",\"Arguments\":{\"Name\":\"n\",\"Odd\":1},\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Arguments/Odd",
        "`\"Type\":\"Task\",\"Resource\":\"r:invoke\",\"TimeoutSeconds\":0,\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/TimeoutSeconds",
        "`\"Type\":\"Task\",\"Resource\":\"r:invoke\",\"TimeoutSeconds\":5,\"HeartbeatSeconds\":5,\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/HeartbeatSeconds",
        "`\"Type\":\"Task\",\"Resource\":\"r:invoke\",\"Retry\":[{\"ErrorEquals\":[]}],\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Retry[0]/ErrorEquals",
        "`\"Type\":\"Task\",\"Resource\":\"r:invoke\",\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"]},{\"ErrorEquals\":[\"E\"]}],\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Retry[0]/ErrorEquals",
        "`\"Type\":\"Task\",\"Resource\":\"r:invoke\",\"Retry\":[{\"ErrorEquals\":[\"E\",\"States.ALL\"]}],\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Retry[0]/ErrorEquals",
        "`\"Type\":\"Task\",\"Resource\":\"r:invoke\",\"Retry\":[{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":0}],\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Retry[0]/IntervalSeconds",
        "`\"Type\":\"Task\",\"Resource\":\"r:invoke\",\"Retry\":[{\"ErrorEquals\":[\"E\"],\"BackoffRate\":0.5}],\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Retry[0]/BackoffRate",
        "`\"Type\":\"Task\",\"Resource\":\"r:invoke\",\"Retry\":[{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":5,\"MaxDelaySeconds\":5}],\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Retry[0]/MaxDelaySeconds",
        "`\"Type\":\"Task\",\"Resource\":\"r:invoke\",\"Retry\":[{\"ErrorEquals\":[\"E\"],\"JitterStrategy\":\"SOME\"}],\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Retry[0]/JitterStrategy",
        "`\"Type\":\"Task\",\"Resource\":\"r:invoke\",\"Catch\":[{\"ErrorEquals\":[\"E\"]}],\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Catch[0]/Next",
        "`\"Type\":\"Task\",\"Resource\":\"r:invoke\",\"Catch\":[{\"ErrorEquals\":[\"E\"],\"Next\":\"Gone\"}],\"End\":true` | MISSING_TRANSITION_TARGET | /States/A",
        "`\"Type\":\"Task\",\"Resource\":\"r:invoke\",\"Catch\":[{\"ErrorEquals\":[\"E\"],\"Next\":\"A\",\"ResultPath\":\"$.e\"}],\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Catch[0]",
        "`\"Type\":\"Map\",\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/ItemProcessor",
        "`\"Type\":\"Map\",\"ItemProcessor\":{\"StartAt\":\"B\",\"States\":{}},\"End\":true` | MISSING_TRANSITION_TARGET | /States/A/ItemProcessor/StartAt",
        "`\"Type\":\"Map\",\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\"},\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Succeed\"}}},\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/ItemProcessor/ProcessorConfig/Mode",
        "`\"Type\":\"Map\",\"Items\":{\"a\":1},\"ItemProcessor\":{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Succeed\"}}},\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Items",
        "`\"Type\":\"Map\",\"ToleratedFailurePercentage\":101,\"ItemProcessor\":{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Succeed\"}}},\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/ToleratedFailurePercentage",
        "`\"Type\":\"Map\",\"ItemProcessor\":{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}},\"End\":true` | DUPLICATE_STATE_NAME | /States/A/ItemProcessor/States/A",
        "`\"Type\":\"Map\",\"Assign\":{\"v\":1},\"ItemProcessor\":{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Pass\",\"Assign\":{\"v\":2},\"End\":true}}},\"End\":true` | INVALID_VARIABLE | /States/A/ItemProcessor/States/B",
        "`\"Type\":\"Parallel\",\"Branches\":[],\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Branches",
        "`\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"B\"}],\"End\":true` | SCHEMA_VALIDATION_FAILED | /States/A/Branches[0]/States",
      })
  void saysWhatIsWrongAndWhere(String fields, String code, String location) {
    assertThat(
            faults(
                "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"States\":{\"A\":{"
                    + fields
                    + "}}}"))
        .anySatisfy(
            fault -> {
              assertThat(fault.code()).isEqualTo(code);
              assertThat(fault.location()).isEqualTo(location);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | INVALID_JSON_DESCRIPTION",
        "`{` | INVALID_JSON_DESCRIPTION",
        "`{} {}` | INVALID_JSON_DESCRIPTION",
        "`[]` | SCHEMA_VALIDATION_FAILED",
        "`{}` | UNSUPPORTED_QUERY_LANGUAGE",
        "`{\"QueryLanguage\":\"JSONata\"}` | SCHEMA_VALIDATION_FAILED",
        "`{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"B\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}` | MISSING_TRANSITION_TARGET",
        "`{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"States\":{\"A\":7}}` | SCHEMA_VALIDATION_FAILED",
        "`{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"},\"B\":{\"Type\":\"Succeed\"}}}` | MISSING_TRANSITION_TARGET",
        "`{\"QueryLanguage\":\"JSONata\",\"TimeoutSeconds\":0,\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}` | SCHEMA_VALIDATION_FAILED",
        "`{\"QueryLanguage\":\"JSONata\",\"Odd\":1,\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}` | SCHEMA_VALIDATION_FAILED",
      })
  void refusesBrokenMachines(String json, String code) {
    assertThat(faults(json)).extracting(Diagnostic::code).contains(code);
  }

  @Test
  void refusesDeepNestingAndHugeText() {
    assertThat(faults("[".repeat(100_000)))
        .extracting(Diagnostic::code)
        .containsExactly(Diagnostic.INVALID_JSON);
    assertThat(faults(" ".repeat(DefinitionParser.MAX_LENGTH + 1)))
        .extracting(Diagnostic::code)
        .containsExactly(Diagnostic.INVALID_JSON);
  }

  @Test
  void findsEveryFaultAtOnce() {
    assertThatThrownBy(
            () ->
                parse(
                    "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"States\":{"
                        + "\"A\":{\"Type\":\"Pass\",\"Odd\":1,\"End\":true},"
                        + "\"B\":{\"Type\":\"Wait\",\"End\":true}}}"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageStartingWith("Invalid State Machine Definition: '")
        .hasMessageContaining("/States/A/Odd")
        .hasMessageContaining("/States/B/Seconds");
  }

  private static Definition parse(String json) throws InvalidDefinitionException {
    return DefinitionParser.parse(json, RESOURCES);
  }

  private static List<Diagnostic> faults(String json) {
    return catchThrowableOfType(InvalidDefinitionException.class, () -> parse(json)).diagnostics();
  }
}
