package org.touchstone.worker.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs against a loopback server that answers like the ECS agent. */
class TaskProtectionTest {
  private static final String ENABLE = "{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":20}";
  private static final String DISABLE = "{\"ProtectionEnabled\":false}";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer agent;
  private TaskProtection protection;

  @BeforeEach
  void start() throws IOException {
    agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    agent.createContext("/api/task/task-protection/v1/state", this::answer);
    agent.start();
    protection = new TaskProtection(agentUri(), Duration.ofMinutes(20));
  }

  @AfterEach
  void stop() {
    protection.close();
    agent.stop(0);
  }

  private URI agentUri() {
    return URI.create("http://127.0.0.1:" + agent.getAddress().getPort() + "/api/task");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(
          exchange.getRequestMethod().equals("PUT")
              ? new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
              : exchange.getRequestMethod());
      byte[] body = "{\"protection\":{\"ProtectionEnabled\":true}}".getBytes();
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Test
  void holdsFromTheFirstOfSeveralJobsToTheEndOfTheLast() {
    protection.hold();
    assertThat(asked).containsExactly(ENABLE);
    protection.hold();
    protection.release();
    assertThat(asked).containsExactly(ENABLE);
    protection.release();
    assertThat(asked).containsExactly(ENABLE, DISABLE);

    protection.hold();
    assertThat(asked).containsExactly(ENABLE, DISABLE, ENABLE);
  }

  @Test
  void anAgentThatDoesNotAnswerStopsNoJob() {
    agent.stop(0);

    protection.hold();
    protection.release();

    assertThat(asked).isEmpty();
  }

  @Test
  void letsGoOnAThreadThatWasInterruptedAndLeavesItInterrupted() {
    protection.hold();
    Thread.currentThread().interrupt();

    protection.release();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(asked).containsExactly(ENABLE, DISABLE);
  }

  @Test
  void onceClosedItStopsNoJob() {
    protection.close();

    protection.hold();
    protection.hold();
    protection.release();
    protection.release();

    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PT10S, 1", "PT10M, 20", "PT30H, 2880"})
  void lastsTwiceAsLongAsAJobMayAsFarAsEcsLetsIt(Duration job, int minutes) {
    try (TaskProtection ofJobs = TaskProtection.ofJobs(agentUri(), job)) {
      ofJobs.hold();
    }

    assertThat(asked)
        .containsExactly("{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":" + minutes + "}");
  }

  @Test
  void asksNobodyOutsideOfEcs() {
    try (TaskProtection none = TaskProtection.none()) {
      none.hold();
      none.release();
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void expiryIsWhatEcsTakes() {
    assertThatThrownBy(() -> new TaskProtection(null, Duration.ofSeconds(59)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TaskProtection(null, Duration.ofHours(49)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
