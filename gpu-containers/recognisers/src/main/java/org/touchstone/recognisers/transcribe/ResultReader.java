package org.touchstone.recognisers.transcribe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.touchstone.domain.Json;
import org.touchstone.domain.LanguageTag;
import org.touchstone.domain.Reason;
import org.touchstone.domain.speech.Doubt;
import org.touchstone.domain.speech.Heard;
import org.touchstone.domain.speech.RecognitionException;

/**
 * Reads the file that Amazon Transcribe writes: words and signs, each word with its times and how
 * sure the service is of it. They are joined to sentences.
 */
final class ResultReader {
  private static final int MAX_ITEMS = 500_000;

  /** A pause that ends a passage, seconds. */
  private static final double PAUSE = 1;

  /** A passage is ended after this long, seconds. */
  private static final double LONGEST = 30;

  /** Mean confidence below which a passage is doubtful: this project's choice. */
  private static final double LEAST_CONFIDENCE = 0.5;

  private static final String SENTENCE_ENDS = ".?!\u3002\uff1f\uff01\u0964\u061f";
  private static final Set<String> UNSPACED = Set.of("zh", "yue", "ja", "th", "lo", "km", "my");

  private final String between;
  private final List<Heard> passages = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private double start;
  private double end;
  private double confidence;
  private int words;

  private ResultReader(String language) {
    this.between = UNSPACED.contains(LanguageTag.language(language)) ? "" : " ";
  }

  /**
   * @param language BCP 47 tag
   * @throws RecognitionException when it is not a result
   */
  static List<Heard> read(byte[] file, String language) {
    JsonNode items;
    try {
      items = Json.mapper().readTree(file).path("results").path("items");
    } catch (IOException e) {
      throw bad();
    }
    if (!items.isArray() || items.size() > MAX_ITEMS) {
      throw bad();
    }
    ResultReader reader = new ResultReader(language);
    items.forEach(reader::add);
    reader.finish();
    return reader.passages;
  }

  private static RecognitionException bad() {
    return new RecognitionException(
        Reason.ERROR, "The result of Amazon Transcribe is not of its form.");
  }

  private void add(JsonNode item) {
    JsonNode likeliest = item.path("alternatives").path(0);
    String content = likeliest.path("content").asText("").strip();
    if (content.isEmpty()) {
      return;
    }
    if (item.path("type").asText("").equals("punctuation")) {
      if (!text.isEmpty()) {
        text.append(content);
        if (SENTENCE_ENDS.contains(content)) {
          finish();
        }
      }
      return;
    }
    double from = number(item.path("start_time"), end);
    double to = Math.max(from, number(item.path("end_time"), from));
    if (!text.isEmpty() && (from - end > PAUSE || to - start > LONGEST)) {
      finish();
    }
    if (text.isEmpty()) {
      start = from;
    } else {
      text.append(between);
    }
    text.append(content);
    end = Math.max(start, to);
    confidence += number(likeliest.path("confidence"), 1);
    words++;
  }

  private void finish() {
    if (!text.isEmpty()) {
      Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
      if (confidence < LEAST_CONFIDENCE * words) {
        doubts.add(Doubt.UNLIKELY);
      }
      passages.add(new Heard(start, end, text.toString(), doubts));
    }
    text.setLength(0);
    confidence = 0;
    words = 0;
  }

  /** A number, which the service writes as a text. */
  private static double number(JsonNode node, double otherwise) {
    double value = node.asDouble(otherwise);
    return Double.isFinite(value) && value >= 0 ? value : otherwise;
  }
}
