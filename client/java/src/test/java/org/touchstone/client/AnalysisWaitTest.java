package org.touchstone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.client.LoopbackApi.Reply;
import org.touchstone.client.model.Analysis;
import org.touchstone.client.model.AnalysisStatus;
import org.touchstone.client.model.NewAnalysis;

class AnalysisWaitTest {
  private static final Reply QUEUED = Reply.json(200, "{\"id\":\"a\",\"status\":\"queued\"}");
  private static final Reply COMPLETE = Reply.json(200, "{\"id\":\"a\",\"status\":\"complete\"}");
  private static final Reply FAILED = Reply.json(200, "{\"id\":\"a\",\"status\":\"failed\"}");

  private LoopbackApi server;
  private TouchstoneClient client;

  @BeforeEach
  void start() throws IOException {
    server = new LoopbackApi();
    client = server.client();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void asksTheServerToHoldTheAnswerAndAsksAgainWhenItDoesNot() {
    server.answer(QUEUED, QUEUED, QUEUED, QUEUED, COMPLETE);

    Analysis ended = client.analyses().await("a", Duration.ofMinutes(1)).join();

    assertThat(ended.status()).isEqualTo(AnalysisStatus.COMPLETE);
    assertThat(server.requests()).hasSize(5);
    assertThat(server.requests().subList(0, 3))
        .as("quick looks first")
        .allSatisfy(request -> assertThat(request.uri().getQuery()).isNull());
    assertThat(server.requests().subList(3, 5))
        .allSatisfy(request -> assertThat(request.uri().getQuery()).isEqualTo("wait=20"));
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() {
    Reply unchanged = new Reply(304, Map.of("ETag", "\"1\""), new byte[0]);
    server.answer(QUEUED.with("ETag", "\"1\""), unchanged, unchanged, FAILED);
    List<AnalysisStatus> seen = new ArrayList<>();

    client.analyses().await("a", Duration.ofMinutes(1), a -> seen.add(a.status())).join();

    assertThat(seen).containsExactly(AnalysisStatus.QUEUED, AnalysisStatus.FAILED);
    assertThat(server.requests().getFirst().header("If-None-Match")).isNull();
    assertThat(server.requests().subList(1, 4))
        .allSatisfy(request -> assertThat(request.header("If-None-Match")).isEqualTo("\"1\""));
  }

  @Test
  void endsWhenItsTimeIsOverAndHasWhatItSawLast() {
    server.answer(QUEUED);
    client.analyses().get("a").join();
    assertThatThrownBy(() -> client.analyses().await("a", Duration.ofMillis(300)).join())
        .cause()
        .isInstanceOfSatisfying(
            NotEndedException.class,
            e -> {
              assertThat(e.id()).isEqualTo("a");
              assertThat(e.analysis().orElseThrow().status()).isEqualTo(AnalysisStatus.QUEUED);
            });
    assertThat(server.requests()).as("pauses").hasSizeLessThan(6);
  }

  @Test
  void aServerThatAsksForNoPauseIsNotStormed() {
    server.answer(QUEUED.with("Retry-After", "0"));
    assertThatThrownBy(() -> client.analyses().await("a", Duration.ofMillis(500)).join())
        .hasCauseInstanceOf(NotEndedException.class);
    assertThat(server.requests()).hasSizeLessThan(8);
  }

  @Test
  void anErrorEndsTheWait() {
    server.answer(QUEUED, Reply.problem(404, "analysis.not-found"));
    assertThatThrownBy(() -> client.analyses().await("a", Duration.ofMinutes(1)).join())
        .cause()
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("analysis.not-found"));
  }

  @Test
  void analyseAsksAndWaits() {
    server.answer(Reply.json(202, "{\"id\":\"a\",\"status\":\"queued\"}"), COMPLETE);
    Analysis ended =
        client
            .analyses()
            .analyse(NewAnalysis.ofUrl("https://a.example"), Duration.ofMinutes(1))
            .join();
    assertThat(ended.id()).isEqualTo("a");
    assertThat(server.requests().getLast().uri().getPath()).isEqualTo("/v1/analyses/a");
  }
}
