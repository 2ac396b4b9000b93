package org.touchstone.batches;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.BatchLine;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.batch.Batch;
import org.touchstone.domain.batch.BatchTask;
import org.touchstone.domain.batch.LineStatus;

class BatchesHandlerTest {
  private final Desk desk = new Desk();

  @AfterEach
  void close() {
    desk.close();
  }

  private BatchesHandler handler(Starter starter) {
    return new BatchesHandler(desk.follower(starter), desk.analyses, desk.clock());
  }

  private static String task(Batch batch) {
    return Json.string(new BatchTask(Desk.ACCOUNT, batch.id(), 0));
  }

  /** As a rule of EventBridge puts it onto the queue. */
  private static String ended(String analysisId) {
    return Json.string(
        Map.of(
            "source", "touchstone",
            "detail-type", "AnalysisEnded",
            "detail", Desk.failed(analysisId)));
  }

  @Test
  void startsABatchAndRecordsTheEndsOfItsAnalyses() {
    Batch batch = desk.batch(2);
    BatchesHandler handler = handler(desk.recording());

    handler.handleRequest(Desk.event(task(batch)), null);
    assertThat(desk.running(batch)).containsExactly(1, 2);

    store(batch.id(), batch, 2);
    handler.handleRequest(Desk.event(ended(Desk.id(batch, 2))), null);
    assertThat(desk.running(batch)).containsExactly(1);
    assertThat(desk.progress(batch).lines().get(1).status()).isEqualTo(LineStatus.FAILED);
  }

  private void store(String batchId, Batch batch, int line) {
    desk.analyses.create(
        new AnalysisRequest(
            Desk.id(batch, line),
            Desk.ACCOUNT,
            "key",
            AnalysisInput.ofUrl("https://example.org/a.jpg"),
            JobOptions.DEFAULT,
            desk.clock().instant(),
            null,
            null,
            new BatchLine(batchId, line)));
  }

  @Test
  void analysesOfNoBatchAndMessagesOfOthersAreDropped() {
    Batch batch = desk.batch(1);
    String unknownBatch = Json.string(new BatchTask(Desk.ACCOUNT, "5".repeat(26), 0));

    assertThat(
            handler(desk.recording())
                .handleRequest(
                    Desk.event(
                        ended("6".repeat(26)),
                        "not JSON",
                        "{}",
                        "null",
                        "{\"detail\": null}",
                        "{\"detail\": {\"analysisId\": \"../x\"}}",
                        "{\"accountId\": \"..\", \"batchId\": \"x\"}",
                        unknownBatch),
                    null)
                .getBatchItemFailures())
        .isEmpty();
    assertThat(desk.progress(batch).count(LineStatus.WAITING)).isEqualTo(1);
  }

  @Test
  void messagesOfABatchThatCannotBeLookedAtAreKept() {
    Batch batch = desk.batch(1);
    Starter broken =
        (of, item) -> {
          throw new ProblemException(ProblemType.INTERNAL);
        };

    assertThat(
            handler(broken)
                .handleRequest(Desk.event(task(batch), ended("6".repeat(26)), task(batch)), null)
                .getBatchItemFailures())
        .extracting(failure -> failure.getItemIdentifier())
        .isEqualTo(List.of("m0", "m2"));
  }
}
