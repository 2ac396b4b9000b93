package org.touchstone.intake.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Json;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.batch.Batch;
import org.touchstone.domain.batch.BatchItem;
import org.touchstone.domain.batch.BatchLineState;
import org.touchstone.domain.batch.BatchProgress;
import org.touchstone.domain.batch.WrongLine;
import org.touchstone.domain.workflow.AnalysisEnded;

class BatchResultsTest {
  private static final Instant NOW = Instant.EPOCH;

  private static Batch batch(String... urls) {
    List<BatchItem> items =
        IntStream.range(0, urls.length)
            .mapToObj(i -> new BatchItem(2 * i + 1, urls[i], null))
            .toList();
    return new Batch(
        "7".repeat(26),
        "a",
        "k",
        NOW,
        JobOptions.DEFAULT,
        items,
        List.of(new WrongLine(2, Problem.of(ProblemType.LINK_INVALID, "-1+cmd|' /C calc'!A0"))));
  }

  private static String csv(Batch batch, BatchProgress progress) {
    return new String(BatchResults.csv(BatchResults.rows(batch, progress)), UTF_8);
  }

  @Test
  void writesALineForEachLineInTheirOrder() {
    Batch batch = batch("https://example.org/a,b.jpg", "https://example.org/c.jpg");
    BatchProgress start = BatchProgress.of(batch);
    BatchProgress progress =
        start.with(
            List.of(
                start
                    .lines()
                    .getFirst()
                    .ended(
                        new AnalysisEnded(
                            "8".repeat(26),
                            "a",
                            "k",
                            AnalysisStatus.COMPLETE,
                            Verdict.Level.INSUFFICIENT_EVIDENCE,
                            0.25,
                            null)),
                BatchLineState.waiting(3)));

    assertThat(csv(batch, progress))
        .isEqualTo(
            "\uFEFFline,url,status,level,confidence,analysis_id,problem,detail\r\n"
                + "1,\"https://example.org/a,b.jpg\",complete,insufficient-evidence,0.25,"
                + "8".repeat(26)
                + ",,\r\n"
                + "2,,wrong,,,,link.invalid,'-1+cmd|' /C calc'!A0\r\n"
                + "3,https://example.org/c.jpg,waiting,,,,,\r\n");
    assertThat(new String(BatchResults.json(batch.id(), BatchResults.rows(batch, progress)), UTF_8))
        .contains("\"level\":\"insufficient-evidence\"")
        .contains("\"type\":\"link.invalid\"");
    assertThat(Json.mapper().valueToTree(BatchResults.rows(batch, progress)).get(2).has("level"))
        .isFalse();
  }

  @Test
  void lineWhoseAnalysisWasDeletedHasNoLink() {
    Batch batch = batch("https://example.org/a.jpg");
    Batch after =
        new Batch(
            batch.id(),
            batch.accountId(),
            batch.keyId(),
            batch.createdAt(),
            batch.options(),
            batch.items().stream().map(BatchItem::withoutLink).toList(),
            batch.wrong());

    assertThat(csv(after, BatchProgress.of(batch))).contains("\r\n1,,waiting,");
    assertThat(BatchResults.rows(after, BatchProgress.of(batch)).getFirst().url()).isNull();
  }

  @Test
  void cellsThatATableWouldTakeForFormulasAreText() {
    for (String url :
        List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uFF1D1", "\uFF201")) {
      Batch batch = batch(url);
      String row = csv(batch, BatchProgress.of(batch)).split("\r\n", 2)[1];
      assertThat(row).as(url).matches("(?s)1,\"?'.*");
    }
  }
}
