package org.touchstone.intake.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.touchstone.domain.CsvCell;
import org.touchstone.domain.Json;
import org.touchstone.domain.Problem;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.batch.Batch;
import org.touchstone.domain.batch.BatchItem;
import org.touchstone.domain.batch.BatchLineState;
import org.touchstone.domain.batch.BatchProgress;

/** The results of a batch as a file, a row for each line. */
final class BatchResults {
  private static final String HEAD = "line,url,status,level,confidence,analysis_id,problem,detail";

  /** Tells tables that this is UTF-8. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private BatchResults() {}

  /**
   * What became of a line.
   *
   * @param url the link; absent for a line that has none, and when its analysis was deleted
   * @param status a {@link org.touchstone.domain.batch.LineStatus}, or {@code wrong}
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Row(
      int line,
      String url,
      String status,
      Verdict.Level level,
      Double confidence,
      String analysisId,
      Problem problem) {}

  /** The file in JSON. */
  @RegisterForReflection
  record File(String id, List<Row> items) {}

  static List<Row> rows(Batch batch, BatchProgress progress) {
    Map<Integer, String> urls = new HashMap<>();
    for (BatchItem item : batch.items()) {
      if (!item.isDeleted()) {
        urls.put(item.line(), item.url());
      }
    }
    return Stream.concat(
            progress.lines().stream().map(line -> row(line, urls.get(line.line()))),
            batch.wrong().stream()
                .map(
                    wrong ->
                        new Row(wrong.line(), null, "wrong", null, null, null, wrong.problem())))
        .sorted(Comparator.comparingInt(Row::line))
        .toList();
  }

  private static Row row(BatchLineState line, String url) {
    return new Row(
        line.line(),
        url,
        code(line.status()),
        line.level(),
        line.confidence(),
        line.analysisId(),
        line.problem());
  }

  static byte[] json(String id, List<Row> rows) {
    return Json.bytes(new File(id, rows));
  }

  /** The file in CSV. */
  static byte[] csv(List<Row> rows) {
    return Stream.concat(Stream.of(HEAD), rows.stream().map(BatchResults::csv))
        .map(line -> line + "\r\n")
        .collect(Collectors.joining("", BYTE_ORDER_MARK, ""))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String csv(Row row) {
    return Stream.of(
            String.valueOf(row.line()),
            row.url(),
            row.status(),
            row.level() == null ? null : code(row.level()),
            row.confidence() == null ? null : row.confidence().toString(),
            row.analysisId(),
            row.problem() == null ? null : row.problem().type().code(),
            row.problem() == null ? null : row.problem().detail())
        .map(CsvCell::of)
        .collect(Collectors.joining(","));
  }

  /** How JSON writes a constant. */
  private static String code(Enum<?> constant) {
    return Json.mapper().convertValue(constant, String.class);
  }
}
