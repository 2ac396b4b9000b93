package org.touchstone.emulators.stepfunctions.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Sequences of events, errors and causes as they were recorded in the service. */
class RecordedEventsTest {
  private static final String FAILING =
      "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
          + "\"Arguments\":{\"FunctionName\":\"broken\"},\"End\":true";

  private final TestServer server =
      TestServer.start(builder -> builder.random(() -> 0))
          .function("broken", p -> new TestServer.Failure("Broken", "x"))
          .function("echo", TestServer.Answer::new);

  @AfterEach
  void stop() {
    server.close();
  }

  private DescribeExecutionResponse run(String state) {
    return server.run("S", "\"S\":" + state, "{\"items\":[1,2]}");
  }

  private List<String> events(DescribeExecutionResponse ended) {
    return server.history(ended.executionArn()).stream()
        .map(e -> e.id() + "<" + e.previousEventId() + ":" + e.typeAsString())
        .toList();
  }

  private HistoryEvent last(DescribeExecutionResponse ended) {
    return server.history(ended.executionArn()).getLast();
  }

  @Test
  void aFailedTaskOfABranchIsAbortedAsWell() {
    var ended =
        run(
            "{\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"T\",\"States\":{\"T\":{"
                + FAILING
                + "}}}],\"End\":true}");

    assertThat(events(ended))
        .containsExactly(
            "1<0:ExecutionStarted",
            "2<0:ParallelStateEntered",
            "3<2:ParallelStateStarted",
            "4<3:TaskStateEntered",
            "5<4:TaskScheduled",
            "6<5:TaskStarted",
            "7<6:TaskFailed",
            "8<7:TaskStateAborted",
            "9<7:ParallelStateFailed",
            "10<9:ExecutionFailed");
  }

  @Test
  void aFailedTaskOfAnIterationIsAbortedAfterItsIteration() {
    var ended =
        run(
            "{\"Type\":\"Map\",\"Items\":[1],\"ItemProcessor\":{\"StartAt\":\"T\",\"States\":{\"T\":{"
                + FAILING
                + "}}},\"End\":true}");

    assertThat(events(ended))
        .containsExactly(
            "1<0:ExecutionStarted",
            "2<0:MapStateEntered",
            "3<2:MapStateStarted",
            "4<3:MapIterationStarted",
            "5<4:TaskStateEntered",
            "6<5:TaskScheduled",
            "7<6:TaskStarted",
            "8<7:TaskFailed",
            "9<8:MapIterationFailed",
            "10<8:TaskStateAborted",
            "11<8:MapStateFailed",
            "12<11:ExecutionFailed");
  }

  @Test
  void iterationsFollowEachOtherAndTheMapsEndFollowsTheLastSuccess() {
    var ended =
        run(
            "{\"Type\":\"Map\",\"Items\":\"{% $states.input.items %}\",\"MaxConcurrency\":1,"
                + "\"ItemProcessor\":{\"StartAt\":\"P\",\"States\":{\"P\":"
                + "{\"Type\":\"Pass\",\"End\":true}}},\"End\":true}");

    assertThat(events(ended))
        .containsExactly(
            "1<0:ExecutionStarted",
            "2<0:MapStateEntered",
            "3<2:MapStateStarted",
            "4<3:MapIterationStarted",
            "5<4:PassStateEntered",
            "6<5:PassStateExited",
            "7<6:MapIterationSucceeded",
            "8<6:MapIterationStarted",
            "9<8:PassStateEntered",
            "10<9:PassStateExited",
            "11<10:MapIterationSucceeded",
            "12<11:MapStateSucceeded",
            "13<11:MapStateExited",
            "14<13:ExecutionSucceeded");
  }

  @Test
  void aParallelsExitFollowsWhatItsSuccessFollows() {
    var ended =
        run(
            "{\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"P\",\"States\":{\"P\":"
                + "{\"Type\":\"Pass\",\"End\":true}}}],\"End\":true}");

    assertThat(events(ended))
        .endsWith(
            "6<5:ParallelStateSucceeded", "7<5:ParallelStateExited", "8<7:ExecutionSucceeded");
  }

  @ParameterizedTest
  @CsvSource({"Map, MapStateFailed", "Parallel, ParallelStateFailed"})
  void aStateFailsOnceAfterItsLastAttempt(String type, String event) {
    String inner = "{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\",\"Error\":\"E\"}}}";
    String work =
        type.equals("Map")
            ? "\"Items\":[1],\"ItemProcessor\":" + inner
            : "\"Branches\":[" + inner + "]";
    var ended =
        run(
            "{\"Type\":\""
                + type
                + "\","
                + work
                + ",\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"MaxAttempts\":2,"
                + "\"JitterStrategy\":\"FULL\"}],\"End\":true}");

    assertThat(server.eventTypes(ended.executionArn()))
        .containsOnlyOnce(event)
        .filteredOn(e -> e.equals(type + "StateStarted"))
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "1             | number  | 1",
        "'a'           | string  | `\"a\"`",
        "true          | boolean | true",
        "null          | null    | null",
        "{'foo':'bar'} | object  | {\"foo\":\"bar\"}"
      })
  void itemsThatAreNotAnArrayFailTheMap(String expression, String type, String value) {
    var ended = run(map("\"Items\":\"{% " + expression + " %}\","));

    assertThat(events(ended))
        .containsExactly(
            "1<0:ExecutionStarted",
            "2<0:MapStateEntered",
            "3<0:EvaluationFailed",
            "4<3:MapStateFailed",
            "5<4:ExecutionFailed");
    assertThat(last(ended).executionFailedEventDetails().cause())
        .endsWith(
            "The JSONata expression '"
                + expression
                + "' specified for the field 'Items' returned an unexpected result type. Expected"
                + " 'array', but was '"
                + type
                + "' for value: "
                + value);
    assertThat(
            server.history(ended.executionArn()).get(2).evaluationFailedEventDetails().location())
        .isEqualTo("Items");
  }

  @Test
  void aFunctionInPlaceOfItemsIsUnsupported() {
    var ended = run(map("\"Items\":\"{% $f := function($x){$x} %}\","));

    assertThat(ended.cause())
        .endsWith(
            "'$f := function($x){$x}' specified for the field 'Items' returned an unsupported"
                + " result type.");
  }

  @Test
  void anInputThatIsNotAnArrayFailsAMapWithoutItems() {
    var ended = run(map(""));

    assertThat(ended.cause())
        .endsWith("Map state input must be an array but was: {\"items\":[1,2]}");
    assertThat(
            server.history(ended.executionArn()).get(2).evaluationFailedEventDetails().location())
        .isNull();
  }

  private static String map(String items) {
    return "{\"Type\":\"Map\","
        + items
        + "\"ItemProcessor\":{\"StartAt\":\"P\",\"States\":{\"P\":"
        + "{\"Type\":\"Pass\",\"End\":true}}},\"End\":true}";
  }

  @Test
  void stoppingAWaitLeavesNoEventOfItsOwn() {
    String execution =
        server.startExecution(
            server.machine("W", "\"W\":{\"Type\":\"Wait\",\"Seconds\":9999,\"End\":true}"), "{}");
    server.awaitEvents(execution, "WaitStateEntered", 1);
    server.sfn().stopExecution(r -> r.executionArn(execution));

    assertThat(events(server.await(execution)))
        .containsExactly("1<0:ExecutionStarted", "2<0:WaitStateEntered", "3<0:ExecutionAborted");
  }

  @Test
  void aResultThatIsTooLargeFailsItsTask() {
    server.function("large", p -> new TestServer.Answer("\"" + "x".repeat(300_000) + "\""));
    var ended = run("{" + FAILING.replace("broken", "large") + "}");

    assertThat(server.eventTypes(ended.executionArn())).contains("TaskFailed");
    assertThat(ended.error()).isEqualTo("States.DataLimitExceeded");
    assertThat(ended.cause())
        .isEqualTo(
            "The state/task 'lambda' returned a result with a size exceeding the maximum number of"
                + " bytes service limit.");
  }

  @Test
  void oneAssignHoldsAsMuchAsOnePayload() {
    server.function("large", p -> new TestServer.Answer("\"" + "x".repeat(200_000) + "\""));
    var ended =
        run(
            "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Arguments\":"
                + "{\"FunctionName\":\"large\"},\"Assign\":{\"a\":\"{% $states.result.Payload %}\","
                + "\"b\":\"{% $states.result.Payload %}\"},\"Output\":1,\"End\":true}");

    assertThat(ended.error()).isEqualTo("States.DataLimitExceeded");
  }

  @Test
  void theContextObjectSaysWhatAStateCanKnow() throws Exception {
    String context = "\"Output\":\"{% $states.context %}\"";
    String pass = run("{\"Type\":\"Pass\"," + context + ",\"End\":true}").output();
    String task = run("{" + FAILING.replace("broken", "echo") + "," + context + "}").output();
    String map =
        run(map("\"Items\":[7],\"ItemSelector\":\"{% $states.context.Map.Item %}\",")).output();

    assertThat(pass).contains("\"RedriveCount\":0").doesNotContain("RetryCount");
    assertThat(task).contains("\"RedriveCount\":0").contains("\"RetryCount\":0");
    assertThat(map).contains("\"Source\":\"STATE_DATA\"").contains("\"Value\":7");
  }

  @Test
  void aBranchMayAssignWhatOnlyTheCatcherOfItsParallelAssigns() {
    var ended =
        server.run(
            "S",
            "\"S\":{\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"A\",\"States\":{\"A\":{"
                + "\"Type\":\"Pass\",\"Assign\":{\"v\":\"inner\"},\"Next\":\"F\"},"
                + "\"F\":{\"Type\":\"Fail\",\"Error\":\"E\"}}}],\"Catch\":[{\"ErrorEquals\":"
                + "[\"States.ALL\"],\"Assign\":{\"v\":\"{% $states.errorOutput.Error %}\"},"
                + "\"Next\":\"Z\"}],\"Next\":\"Z\"},"
                + "\"Z\":{\"Type\":\"Pass\",\"Output\":\"{% $v %}\",\"End\":true}",
            "{}");

    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(ended.output()).isEqualTo("\"E\"");
  }

  @Test
  void aCatcherSeesBothFieldsOfAnErrorThatGivesNone() {
    var ended =
        server.run(
            "S",
            "\"S\":{\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"F\",\"States\":{\"F\":"
                + "{\"Type\":\"Fail\"}}}],\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],"
                + "\"Output\":{\"e\":\"{% $states.errorOutput.Error %}\","
                + "\"c\":\"{% $states.errorOutput.Cause %}\"},\"Next\":\"Z\"}],\"Next\":\"Z\"},"
                + "\"Z\":{\"Type\":\"Succeed\"}",
            "{}");

    assertThat(ended.output()).isEqualTo("{\"e\":null,\"c\":null}");
  }

  @Test
  void anInvocationMayAskForTheLogOrNotWait() {
    var tail =
        run(
            "{"
                + FAILING.replace("\"broken\"", "\"echo\",\"LogType\":\"Tail\",\"Payload\":1")
                + "}");
    var event =
        run("{" + FAILING.replace("\"broken\"", "\"broken\",\"InvocationType\":\"Event\"") + "}");

    assertThat(tail.output()).contains("\"LogResult\":").contains("\"Payload\":1");
    assertThat(event.output()).isEqualTo("{\"StatusCode\":202}");
  }

  @ParameterizedTest
  @CsvSource({"'\\\"text\\\"'", "'not json'", "'[1]'"})
  void aDetailThatIsNotAJsonObjectIsRejectedWithoutTheOthers(String detail) {
    var ended =
        run(
            "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::events:putEvents\",\"Arguments\":"
                + "{\"Entries\":[{\"Source\":\"s\",\"DetailType\":\"t\",\"Detail\":{\"a\":1}},"
                + "{\"Source\":\"s\",\"DetailType\":\"t\",\"Detail\":\""
                + detail
                + "\"}]},\"End\":true}");

    assertThat(ended.error()).isEqualTo("EventBridge.FailedEntry");
    assertThat(ended.cause())
        .contains("\"EventId\":\"event-1\"")
        .contains("\"ErrorCode\":\"MalformedDetail\"")
        .contains("\"FailedEntryCount\":1");
    assertThat(server.events())
        .singleElement()
        .satisfies(
            sent ->
                assertThat(sent.resources())
                    .satisfiesExactly(
                        machine -> assertThat(machine).contains(":stateMachine:"),
                        execution -> assertThat(execution).contains(":execution:")));
  }
}
