package org.touchstone.intake.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.LanguageTag;
import org.touchstone.domain.Priority;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.batch.Batch;
import org.touchstone.domain.batch.BatchItem;
import org.touchstone.domain.batch.WrongLine;
import org.touchstone.domain.link.LinkFinder;
import org.touchstone.intake.batch.CsvRecords.CsvRecord;

/** Reads the lines of a batch. A line that is wrong is reported and does not stop the others. */
final class BatchReader {
  /** With more, finding links in a thousand lines could take longer than an answer may. */
  private static final int MAX_LINK = 2048;

  private static final Set<String> URL_COLUMNS = Set.of("url", "urls", "link", "links");
  private static final String LANGUAGE_COLUMN = "language";
  private static final String LANGUAGE =
      "language must be a BCP 47 tag of a language, such as de or pt-BR.";
  private static final char[] SEPARATORS = {',', ';', '\t'};
  private static final char UTF_16_MARK = '\uFEFF';
  private static final char UNREADABLE = '\uFFFD';

  private final ObjectMapper json;
  private final Consumer<JobOptions> check;

  /**
   * @param json reads requests as all of the API does
   * @param check refuses options, as for a single analysis, with a {@link ProblemException}
   */
  BatchReader(ObjectMapper json, Consumer<JobOptions> check) {
    this.json = json;
    this.check = check;
  }

  /**
   * What a batch says.
   *
   * @param options how lines are analysed that say nothing else
   */
  record Lines(JobOptions options, List<BatchItem> items, List<WrongLine> wrong) {}

  /** Lines while they are read. */
  private static final class Reading {
    private final List<BatchItem> items = new ArrayList<>();
    private final List<WrongLine> wrong = new ArrayList<>();

    void add(int line, String text, JobOptions options) {
      try {
        if (text.indexOf(UNREADABLE) >= 0) {
          throw new ProblemException(
              ProblemType.LINK_INVALID, "The line is not in UTF-8, or has lost characters.");
        }
        if (text.length() > MAX_LINK) {
          throw new ProblemException(
              ProblemType.LINK_INVALID, "A link in a batch has at most 2,048 characters.");
        }
        items.add(new BatchItem(line, LinkFinder.find(text), options));
      } catch (ProblemException e) {
        wrong.add(new WrongLine(line, e.problem()));
      }
    }

    void refuse(int line, String detail) {
      wrong.add(new WrongLine(line, Problem.of(ProblemType.REQUEST_INVALID, detail)));
    }
  }

  /**
   * Reads CSV. A first line with a cell {@code url} or {@code link} names the columns; otherwise
   * each line's first cell is the link.
   *
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when there is no line, {@link
   *     ProblemType#BATCH_TOO_LONG} when there are too many
   */
  Lines csv(byte[] body) {
    String text = text(body);
    char separator = separator(text);
    // One more than a batch may have, and one that names the columns.
    List<CsvRecord> records = CsvRecords.of(text, separator, Batch.MAX_LINES + 2);
    List<String> names =
        records.isEmpty()
            ? List.of()
            : records.getFirst().cells().stream().map(BatchReader::name).toList();
    int urlColumn =
        names.stream().filter(URL_COLUMNS::contains).findFirst().map(names::indexOf).orElse(-1);
    boolean hasHead = urlColumn >= 0;
    int languageColumn = hasHead ? names.indexOf(LANGUAGE_COLUMN) : -1;
    List<CsvRecord> lines = hasHead ? records.subList(1, records.size()) : records;
    requireCount(lines.size());
    Reading reading = new Reading();
    for (CsvRecord line : lines) {
      if (line.fault() != null) {
        reading.refuse(line.line(), line.fault());
        continue;
      }
      String language = cell(line, languageColumn);
      if (language.isEmpty()) {
        reading.add(line.line(), cell(line, Math.max(0, urlColumn)), null);
      } else {
        LanguageTag.canonical(language)
            .ifPresentOrElse(
                tag ->
                    reading.add(
                        line.line(),
                        cell(line, urlColumn),
                        bulk(JobOptions.DEFAULT.withLanguage(tag))),
                () -> reading.refuse(line.line(), LANGUAGE));
      }
    }
    return new Lines(bulk(JobOptions.DEFAULT), reading.items, reading.wrong);
  }

  private static String cell(CsvRecord line, int column) {
    return column >= 0 && column < line.cells().size() ? line.cells().get(column).strip() : "";
  }

  private static String name(String cell) {
    return cell.strip().toLowerCase(Locale.ROOT);
  }

  /** The text without its byte-order mark, which also tells UTF-16 from UTF-8. */
  private static String text(byte[] body) {
    Charset charset = StandardCharsets.UTF_8;
    if (body.length >= 2 && body[0] == (byte) 0xFE && body[1] == (byte) 0xFF) {
      charset = StandardCharsets.UTF_16BE;
    } else if (body.length >= 2 && body[0] == (byte) 0xFF && body[1] == (byte) 0xFE) {
      charset = StandardCharsets.UTF_16LE;
    }
    String text = new String(body, charset);
    return !text.isEmpty() && text.charAt(0) == UTF_16_MARK ? text.substring(1) : text;
  }

  /**
   * What separates cells: the sign by which the first line, if it names columns, has one of that
   * name; otherwise a comma.
   */
  private static char separator(String text) {
    for (char separator : SEPARATORS) {
      List<CsvRecord> first = CsvRecords.of(text, separator, 1);
      if (!first.isEmpty()
          && first.getFirst().cells().stream()
              .map(BatchReader::name)
              .anyMatch(URL_COLUMNS::contains)) {
        return separator;
      }
    }
    return SEPARATORS[0];
  }

  /**
   * Reads JSON: an array, or an object with the array {@code items} and the {@code options} of all.
   * An item is a link, or an object with a {@code url} and {@code options} of its own.
   *
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when it is neither or has no item,
   *     {@link ProblemType#BATCH_TOO_LONG} when it has too many, and what is wrong with the options
   *     of all
   */
  Lines json(byte[] body) {
    JsonNode root;
    try {
      root = json.readTree(body);
    } catch (IOException e) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "The body is not valid JSON.");
    }
    JsonNode items = root.isObject() ? root.path("items") : root;
    if (!items.isArray()) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "Give an array of links, or an object with items.");
    }
    requireCount(items.size());
    JobOptions options = JobOptions.DEFAULT;
    if (root.isObject()
        && !root.path("options").isMissingNode()
        && !root.path("options").isNull()) {
      try {
        options = options(root.get("options"));
      } catch (JsonProcessingException e) {
        throw new ProblemException(ProblemType.REQUEST_INVALID, "The options are not valid.");
      }
    }
    Reading reading = new Reading();
    int line = 0;
    for (JsonNode item : items) {
      line++;
      JsonNode url = item.isObject() ? item.path("url") : item;
      JsonNode own = item.path("options");
      if (!url.isTextual()) {
        reading.refuse(line, "An item is a link, or an object with a url.");
        continue;
      }
      try {
        boolean hasOwn = !own.isMissingNode() && !own.isNull();
        reading.add(line, url.asText(), hasOwn ? bulk(options(own)) : null);
      } catch (JsonProcessingException e) {
        reading.refuse(line, "The options are not valid.");
      } catch (ProblemException e) {
        reading.wrong.add(new WrongLine(line, e.problem()));
      }
    }
    return new Lines(bulk(options), reading.items, reading.wrong);
  }

  /**
   * The options as all of the API reads and checks them, with the language in its canonical form.
   */
  private JobOptions options(JsonNode node) throws JsonProcessingException {
    JobOptions options = json.treeToValue(node, JobOptions.class);
    check.accept(options);
    return options.language() == null
        ? options
        : options.withLanguage(
            LanguageTag.canonical(options.language())
                .orElseThrow(() -> new ProblemException(ProblemType.REQUEST_INVALID, LANGUAGE)));
  }

  /** A batch never delays somebody who waits for one result. */
  private static JobOptions bulk(JobOptions options) {
    return options.withPriority(Priority.BULK);
  }

  private static void requireCount(int lines) {
    if (lines == 0) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "The batch has no lines.");
    }
    if (lines > Batch.MAX_LINES) {
      throw new ProblemException(
          ProblemType.BATCH_TOO_LONG,
          "A batch has at most 1,000 lines, and this one has more. Send it in several batches.");
    }
  }
}
