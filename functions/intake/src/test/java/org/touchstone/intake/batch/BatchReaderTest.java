package org.touchstone.intake.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Json;
import org.touchstone.domain.Priority;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.batch.BatchItem;
import org.touchstone.domain.batch.WrongLine;

class BatchReaderTest {
  private static final String A = "https://example.org/a.jpg";
  private static final String B = "https://example.org/b.jpg";

  private final BatchReader reader = new BatchReader(Json.mapper(), BatchReaderTest::check);

  /** There is one detector. */
  private static void check(JobOptions options) {
    if (options.detectors() != null && !options.detectors().equals(List.of("face"))) {
      throw new ProblemException(ProblemType.DETECTOR_UNKNOWN);
    }
  }

  private BatchReader.Lines csv(String text) {
    return reader.csv(text.getBytes(UTF_8));
  }

  private BatchReader.Lines json(String text) {
    return reader.json(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void readsALinkPerLineWhateverEndsLines(String end) {
    assertThat(csv(A + end + end + "  " + end + B).items())
        .containsExactly(new BatchItem(1, A, null), new BatchItem(4, B, null));
  }

  @Test
  void findsTheColumnByItsName() {
    assertThat(csv("id,URL,note\n1," + A + ",\"x, y\"\n2," + B + ",\n").items())
        .containsExactly(new BatchItem(2, A, null), new BatchItem(3, B, null));
    assertThat(csv("id;Link\n1;" + A + "?x=1,2\n").items())
        .containsExactly(new BatchItem(2, A + "?x=1,2", null));
    assertThat(csv("Link\tid\n" + A + "\t1\n").items()).containsExactly(new BatchItem(2, A, null));
  }

  @Test
  void readsTheLanguageOfALine() {
    BatchReader.Lines lines = csv("url,language\n" + A + ",DE-at\n" + B + ",\n" + B + ",german\n");

    assertThat(lines.items().getFirst().options().language()).isEqualTo("de-AT");
    assertThat(lines.items().getFirst().options().priority()).isEqualTo(Priority.BULK);
    assertThat(lines.items().get(1).options()).isNull();
    assertThat(lines.wrong()).extracting(WrongLine::line).containsExactly(4);
  }

  @Test
  void byteOrderMarksAreNotPartOfTheFirstCell() {
    String text = "\uFEFFurl\n" + A + "\n";

    assertThat(csv(text).items()).containsExactly(new BatchItem(2, A, null));
    assertThat(reader.csv(text.getBytes(UTF_16LE)).items()).hasSize(1);
    assertThat(reader.csv(text.getBytes(UTF_16BE)).items()).hasSize(1);
  }

  @Test
  void quotationMarksHoldSeparatorsLineEndsAndThemselves() {
    BatchReader.Lines lines =
        csv("note,url\n\"two\r\nlines, \"\"quoted\"\"\"," + A + "\n,\"" + B + "\"\n");

    assertThat(lines.items()).containsExactly(new BatchItem(2, A, null), new BatchItem(4, B, null));
  }

  @Test
  void wrongLinesAreReportedByNumberAndDoNotStopTheOthers() {
    BatchReader.Lines lines =
        csv("url\n" + A + "\nno link\n\"never closed\n" + B + "\nftp://example.org/x\n");

    assertThat(lines.items()).extracting(BatchItem::line).containsExactly(2, 5);
    assertThat(lines.wrong())
        .extracting(WrongLine::line, wrong -> wrong.problem().type())
        .contains(tuple(3, ProblemType.LINK_INVALID), tuple(4, ProblemType.REQUEST_INVALID))
        .hasSize(3);
    assertThat(lines.wrong().get(1).problem().detail()).contains("quotation mark");
  }

  @Test
  void lineInAnotherEncodingIsWrong() {
    byte[] latin = (A + "?q=\u00e4\n" + B).getBytes(ISO_8859_1);

    assertThat(reader.csv(latin).items()).containsExactly(new BatchItem(2, B, null));
    assertThat(reader.csv(latin).wrong().getFirst().problem().detail()).contains("UTF-8");
  }

  @Test
  void acceptsAThousandLinesAndRefusesMore() {
    assertThat(csv("url\n" + links(1000)).items()).hasSize(1000);
    for (int lines : new int[] {1001, 10_000}) {
      assertThatThrownBy(() -> csv(links(lines)))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().type()).isEqualTo(ProblemType.BATCH_TOO_LONG));
      assertThatThrownBy(
              () ->
                  json(
                      IntStream.range(0, lines)
                          .mapToObj(i -> "\"" + A + "\"")
                          .collect(Collectors.joining(",", "[", "]"))))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().type()).isEqualTo(ProblemType.BATCH_TOO_LONG));
    }
  }

  private static String links(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "https://example.org/" + i + ".jpg\r\n")
        .collect(Collectors.joining());
  }

  @Test
  void longLinesAreWrongAndTakeNoTime() {
    String text = ("\"" + "x".repeat(5000) + "\n").repeat(990) + A + "?" + "x".repeat(2048);

    BatchReader.Lines lines = assertTimeout(Duration.ofSeconds(20), () -> csv(text));

    assertThat(lines.items()).isEmpty();
    assertThat(lines.wrong().getLast().problem().detail()).contains("2,048");
  }

  @Test
  void optionsThatAnAnalysisMayNotHaveAreRefusedByLineOrForAll() {
    BatchReader.Lines lines =
        json(
            "[{'url':'%1$s','options':{'detectors':['none']}},{'url':'%1$s','options':{'detectors':['face']}}]"
                .replace('\'', '"')
                .formatted(A));

    assertThat(lines.items()).extracting(BatchItem::line).containsExactly(2);
    assertThat(lines.wrong())
        .extracting(WrongLine::line, wrong -> wrong.problem().type())
        .containsExactly(tuple(1, ProblemType.DETECTOR_UNKNOWN));
    assertThatThrownBy(
            () ->
                json("{'items':['%s'],'options':{'detectors':[]}}".replace('\'', '"').formatted(A)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.DETECTOR_UNKNOWN));
  }

  @Test
  void readsArraysAndObjectsWithOptions() {
    assertThat(json("[\"" + A + "\", {\"url\": \"" + B + "\"}]").items())
        .containsExactly(new BatchItem(1, A, null), new BatchItem(2, B, null));
    BatchReader.Lines lines =
        json(
            "{\"options\": {\"thirdParties\": \"none\", \"priority\": \"interactive\"}, \"items\":"
                + " [\"a link: "
                + A
                + "\", {\"url\": \""
                + B
                + "\", \"options\":"
                + " {\"language\": \"PT-br\"}}]}");
    assertThat(lines.options().allowsThirdParties()).isFalse();
    assertThat(lines.options().priority()).as("a batch is bulk").isEqualTo(Priority.BULK);
    assertThat(lines.items().getFirst()).isEqualTo(new BatchItem(1, A, null));
    assertThat(lines.items().getLast().options().language()).isEqualTo("pt-BR");
    assertThat(lines.items().getLast().options().priority()).isEqualTo(Priority.BULK);
  }

  @Test
  void wrongItemsAreReportedByNumber() {
    BatchReader.Lines lines =
        json(
            "[7, null, {}, {\"url\": 1}, {\"url\": \""
                + A
                + "\", \"options\": {\"language\":"
                + " \"x1\"}}, {\"url\": \""
                + A
                + "\", \"options\": []}, \""
                + B
                + "\", [[]]]");

    assertThat(lines.items()).containsExactly(new BatchItem(7, B, null));
    assertThat(lines.wrong()).extracting(WrongLine::line).containsExactly(1, 2, 3, 4, 5, 6, 8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "7",
        "\"x\"",
        "null",
        "[]",
        "{}",
        "{\"items\": {}}",
        "{\"items\": []}",
        "{\"items\": [\"https://example.org/a.jpg\"], \"options\": 7}",
        "{\"items\": [\"https://example.org/a.jpg\"], \"options\": {\"language\": \"german\"}}"
      })
  void whatIsNotABatchIsRefused(String text) {
    assertThatThrownBy(() -> json(text))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.REQUEST_INVALID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", " , ,\n", "url\n", "\uFEFF"})
  void textWithoutLinesIsRefused(String text) {
    assertThatThrownBy(() -> csv(text)).isInstanceOf(ProblemException.class);
  }
}
