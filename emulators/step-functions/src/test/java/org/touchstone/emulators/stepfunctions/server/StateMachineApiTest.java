package org.touchstone.emulators.stepfunctions.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.MissingRequiredParameterException;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.StateMachineTypeNotSupportedException;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResponse;

class StateMachineApiTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/r";
  private static final String ONE = TestServer.definition("A", "\"A\":{\"Type\":\"Succeed\"}");
  private static final String TWO =
      TestServer.definition("A", "\"A\":{\"Type\":\"Succeed\",\"Output\":2}");
  private static final String BROKEN = TestServer.definition("B", "\"A\":{\"Type\":\"Succeed\"}");

  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void createsAndDescribesAMachine() {
    CreateStateMachineResponse created = create("m", ONE);

    DescribeStateMachineResponse machine =
        server.sfn().describeStateMachine(r -> r.stateMachineArn(created.stateMachineArn()));
    assertThat(machine.stateMachineArn())
        .isEqualTo("arn:aws:states:us-east-1:000000000000:stateMachine:m");
    assertThat(machine.name()).isEqualTo("m");
    assertThat(machine.definition()).isEqualTo(ONE);
    assertThat(machine.roleArn()).isEqualTo(ROLE);
    assertThat(machine.status()).isEqualTo(StateMachineStatus.ACTIVE);
    assertThat(machine.type()).isEqualTo(StateMachineType.STANDARD);
    assertThat(machine.creationDate()).isEqualTo(created.creationDate());
  }

  @Test
  void creatingTheSameMachineAgainChangesNothing() {
    CreateStateMachineResponse first = create("m", ONE);

    CreateStateMachineResponse again = create("m", ONE);
    assertThat(again.stateMachineArn()).isEqualTo(first.stateMachineArn());
    assertThat(again.creationDate()).isEqualTo(first.creationDate());
    assertThatThrownBy(() -> create("m", TWO))
        .isInstanceOf(StateMachineAlreadyExistsException.class);
  }

  @Test
  void updatesAMachine() {
    String arn = create("m", ONE).stateMachineArn();
    String before = server.sfn().describeStateMachine(r -> r.stateMachineArn(arn)).revisionId();

    server.sfn().updateStateMachine(r -> r.stateMachineArn(arn).definition(TWO));

    assertThat(server.await(server.startExecution(arn, "{}")).output()).isEqualTo("2");
    assertThat(server.sfn().describeStateMachine(r -> r.stateMachineArn(arn)).revisionId())
        .isNotEqualTo(before);
    assertThatThrownBy(
            () -> server.sfn().updateStateMachine(r -> r.stateMachineArn(arn).definition(BROKEN)))
        .isInstanceOf(InvalidDefinitionException.class);
    assertThatThrownBy(() -> server.sfn().updateStateMachine(r -> r.stateMachineArn(arn)))
        .isInstanceOf(MissingRequiredParameterException.class);
  }

  @Test
  void refusesADefinitionWithEverythingThatIsWrongWithIt() {
    assertThatThrownBy(() -> create("m", BROKEN))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("MISSING_TRANSITION_TARGET")
        .hasMessageContaining("/StartAt");
  }

  @Test
  void refusesATaskWhoseIntegrationIsNotThere() {
    String definition =
        TestServer.definition(
            "T",
            "\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage\",\"Arguments\":"
                + "{\"QueueUrl\":\"q\",\"MessageBody\":\"b\"},\"End\":true}");

    assertThatThrownBy(() -> create("m", definition))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("'arn:aws:states:::sqs:sendMessage' is not supported");
  }

  @Test
  void validatesWithoutCreating() {
    ValidateStateMachineDefinitionResponse bad =
        server.sfn().validateStateMachineDefinition(r -> r.definition(BROKEN));
    assertThat(bad.resultAsString()).isEqualTo("FAIL");
    assertThat(bad.diagnostics().getFirst().code()).isEqualTo("MISSING_TRANSITION_TARGET");
    assertThat(bad.diagnostics().getFirst().location()).isEqualTo("/StartAt");
    assertThat(bad.truncated()).isFalse();

    assertThat(server.sfn().validateStateMachineDefinition(r -> r.definition(ONE)).resultAsString())
        .isEqualTo("OK");
    assertThat(server.sfn().listStateMachines().stateMachines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a<b", "a*", "a/b", "a:b", "a\"b", "a\tb", "..\\a", "a%41", "é#"})
  void refusesUnfitNames(String name) {
    assertThatThrownBy(() -> create(name, ONE)).isInstanceOf(InvalidNameException.class);
    String machine = create("m", ONE).stateMachineArn();
    assertThatThrownBy(
            () -> server.sfn().startExecution(r -> r.stateMachineArn(machine).name(name)))
        .isInstanceOf(InvalidNameException.class);
  }

  @Test
  void refusesExpressMachines() {
    assertThatThrownBy(
            () ->
                server
                    .sfn()
                    .createStateMachine(
                        r ->
                            r.name("m")
                                .definition(ONE)
                                .roleArn(ROLE)
                                .type(StateMachineType.EXPRESS)))
        .isInstanceOf(StateMachineTypeNotSupportedException.class);
  }

  @Test
  void tellsUnknownMachinesFromBadArns() {
    assertThatThrownBy(
            () ->
                server
                    .sfn()
                    .startExecution(
                        r ->
                            r.stateMachineArn(
                                "arn:aws:states:us-east-1:000000000000:stateMachine:gone")))
        .isInstanceOf(StateMachineDoesNotExistException.class);
    assertThatThrownBy(
            () -> server.sfn().describeStateMachine(r -> r.stateMachineArn("arn:aws:s3:::x")))
        .isInstanceOf(InvalidArnException.class);
  }

  @Test
  void listsMachinesInPages() {
    for (int i = 0; i < 5; i++) {
      create("m" + i, ONE);
    }

    assertThat(server.sfn().listStateMachinesPaginator(r -> r.maxResults(2)).stateMachines())
        .extracting(StateMachineListItem::name)
        .containsExactly("m0", "m1", "m2", "m3", "m4");
  }

  private CreateStateMachineResponse create(String name, String definition) {
    return server.sfn().createStateMachine(r -> r.name(name).definition(definition).roleArn(ROLE));
  }
}
