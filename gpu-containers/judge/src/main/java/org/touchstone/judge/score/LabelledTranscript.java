package org.touchstone.judge.score;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.touchstone.judge.answer.Label;
import org.touchstone.judge.prompt.Question;

/**
 * A transcript of which it is known whether it is real.
 *
 * @param id its own id
 * @param isFake whether it was made up
 */
public record LabelledTranscript(String id, boolean isFake, Question question) {
  /** The columns that a file must have. */
  static final List<String> REQUIRED = List.of("id", "label", "transcript");

  private static final List<String> OPTIONAL =
      List.of("language", "platform", "author", "postedAt", "text");
  private static final int MAX_BYTES = 64 << 20;
  private static final int MAX_ROWS = 20_000;

  /**
   * Reads a file of comma-separated values in UTF-8 whose first row names the columns: {@code id},
   * {@code label} (real or fake), {@code transcript}, and optionally {@code language}, {@code
   * platform}, {@code author}, {@code postedAt}, {@code text}.
   *
   * @throws IllegalArgumentException when it is not such a file; the message names the row
   * @throws IOException when it cannot be read
   */
  public static List<LabelledTranscript> read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException("it has more than " + MAX_BYTES + " bytes");
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    List<List<String>> rows = Csv.rows(text.startsWith("\ufeff") ? text.substring(1) : text);
    if (rows.size() < 2 || rows.size() > MAX_ROWS + 1) {
      throw new IllegalArgumentException(
          "it needs a row of column names and 1 to " + MAX_ROWS + " rows of transcripts");
    }
    List<String> columns = rows.getFirst();
    for (String column : REQUIRED) {
      if (!columns.contains(column)) {
        throw new IllegalArgumentException("it does not have a column " + column);
      }
    }
    for (String column : columns) {
      if (!REQUIRED.contains(column) && !OPTIONAL.contains(column)) {
        throw new IllegalArgumentException(
            "the column "
                + column
                + " is not one of "
                + String.join(", ", REQUIRED)
                + ", "
                + String.join(", ", OPTIONAL));
      }
    }
    List<LabelledTranscript> transcripts = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 1; i < rows.size(); i++) {
      LabelledTranscript next = of(new Row(i + 1, columns, rows.get(i)));
      if (!ids.add(next.id())) {
        throw new IllegalArgumentException("row " + (i + 1) + ": another row has this id");
      }
      transcripts.add(next);
    }
    return transcripts;
  }

  private record Row(int number, List<String> columns, List<String> fields) {
    String get(String column) {
      int at = columns.indexOf(column);
      String value = at < 0 || at >= fields.size() ? "" : fields.get(at).strip();
      return value.isEmpty() ? null : value;
    }

    String required(String column) {
      String value = get(column);
      if (value == null) {
        throw problem("has no " + column);
      }
      return value;
    }

    IllegalArgumentException problem(String problem) {
      return new IllegalArgumentException("row " + number + ": " + problem);
    }
  }

  private static LabelledTranscript of(Row row) {
    if (row.fields().size() > row.columns().size()) {
      throw row.problem("has more fields than there are columns");
    }
    String label = row.required("label");
    if (!label.equals(Label.FAKE.code()) && !label.equals(Label.REAL.code())) {
      throw row.problem("its label is neither real nor fake");
    }
    Instant postedAt = null;
    try {
      postedAt = row.get("postedAt") == null ? null : Instant.parse(row.get("postedAt"));
    } catch (DateTimeParseException e) {
      throw row.problem("postedAt is not an instant such as 2026-01-31T12:00:00Z");
    }
    return new LabelledTranscript(
        row.required("id"),
        label.equals(Label.FAKE.code()),
        new Question(
            row.required("transcript"),
            row.get("language"),
            row.get("platform"),
            row.get("author"),
            postedAt,
            row.get("text")));
  }
}
