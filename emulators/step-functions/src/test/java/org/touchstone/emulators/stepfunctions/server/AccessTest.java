package org.touchstone.emulators.stepfunctions.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.access.policy.Policy;
import org.touchstone.emulators.stepfunctions.integration.TaskTokens;
import org.touchstone.emulators.stepfunctions.testing.SignedPost;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Who may call the server. */
class AccessTest {
  private static final String TARGET = "AWSStepFunctions.ListStateMachines";

  private final TestServer server = TestServer.start();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
    server.close();
  }

  private static void assertRefused(String error, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SfnException.class, e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(error));
  }

  private int status(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
  void refusesThePostOfAWebPage(String type) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.endpoint())
            .header("Content-Type", type)
            .header("X-Amz-Target", TARGET)
            .POST(BodyPublishers.ofString("{}"))
            .build();

    assertThat(http.send(request, BodyHandlers.ofString()))
        .satisfies(
            answer -> {
              assertThat(answer.statusCode()).isEqualTo(403);
              assertThat(answer.body()).contains("MissingAuthenticationToken");
            });
  }

  @Test
  void refusesWhoeverDoesNotKnowTheSecret() {
    try (SfnClient guess =
            TestServer.client(server.endpoint(), new AccessKey(TestServer.KEY.id(), "guess"));
        SfnClient nobody = TestServer.client(server.endpoint(), new AccessKey("nobody", "test"))) {
      assertRefused("InvalidSignatureException", guess::listStateMachines);
      assertRefused("UnrecognizedClientException", nobody::listStateMachines);
    }
  }

  @Test
  void refusesASignedRequestWithAnotherBodyOrTargetAndAnOldOne() throws Exception {
    Instant now = Instant.now();

    assertThat(status(signed("{}", now))).isEqualTo(200);
    assertThat(status(signed("{}", now).POST(BodyPublishers.ofString("{ }")))).isEqualTo(403);
    assertThat(
            status(signed("{}", now).setHeader("X-Amz-Target", "AWSStepFunctions.StopExecution")))
        .isEqualTo(403);
    assertThat(status(signed("{}", now.minus(Duration.ofMinutes(16))))).isEqualTo(403);
    assertThat(status(signed("{}", now.plus(Duration.ofMinutes(16))))).isEqualTo(403);
  }

  private HttpRequest.Builder signed(String body, Instant time) {
    return SignedPost.of(server.endpoint(), TestServer.KEY, TARGET, body, time);
  }

  @Test
  void letsARoleDoWhatItsPolicyAllowsOnAStateMachine() throws Exception {
    String states = "\"A\":{\"Type\":\"Succeed\"}";
    String machine = server.machine("A", states);
    String other = server.machine("A", states);
    try (SfnClient role =
        role("[\"states:StartExecution\", \"states:SendTaskSuccess\"]", machine)) {
      String execution = role.startExecution(r -> r.stateMachineArn(machine)).executionArn();

      assertDenied(() -> role.startExecution(r -> r.stateMachineArn(other)));
      assertDenied(() -> role.describeExecution(r -> r.executionArn(execution)));
      assertDenied(role::listStateMachines);
      assertDenied(
          () ->
              role.createStateMachine(
                  r -> r.name("m").definition("{}").roleArn("arn:aws:iam::000000000000:role/r")));
    }
    assertThat(server.server().accessKeys().decisions())
        .filteredOn(decision -> decision.allowed())
        .hasSize(1);
  }

  @Test
  void letsARoleEndOnlyTasksOfItsStateMachine() throws Exception {
    String machine = server.machine("A", "\"A\":{\"Type\":\"Succeed\"}");
    String name = machine.substring(machine.lastIndexOf(':') + 1);
    String own = token(machine.replace(":stateMachine:", ":execution:") + ":e");
    String foreign = token(machine.replace(":stateMachine:" + name, ":execution:foreign:e"));
    try (SfnClient role = role("\"states:SendTask*\"", machine)) {
      assertThatThrownBy(() -> role.sendTaskSuccess(r -> r.taskToken(own).output("{}")))
          .isInstanceOfAny(TaskDoesNotExistException.class, TaskTimedOutException.class);
      assertDenied(() -> role.sendTaskSuccess(r -> r.taskToken(foreign).output("{}")));
      assertDenied(() -> role.sendTaskFailure(r -> r.taskToken(foreign)));
      assertDenied(() -> role.sendTaskHeartbeat(r -> r.taskToken(foreign)));
      assertThatThrownBy(() -> role.sendTaskHeartbeat(r -> r.taskToken("no token")))
          .isInstanceOf(InvalidTokenException.class);
    }
  }

  private static String token(String executionArn) {
    try (TaskTokens.Waiting task = new TaskTokens().open(executionArn)) {
      return task.token();
    }
  }

  private SfnClient role(String actions, String resource) throws Exception {
    Policy policy =
        Policy.of(
            new ObjectMapper()
                .readTree(
                    """
                    {"Version": "2012-10-17", "Statement":
                      [{"Effect": "Allow", "Action": %s, "Resource": "%s"}]}
                    """
                        .formatted(actions, resource)));
    return TestServer.client(server.endpoint(), server.server().accessKeys().add("role", policy));
  }

  private static void assertDenied(ThrowingCallable call) {
    assertRefused("AccessDeniedException", call);
  }
}
