package org.touchstone.recognisers.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.Json;
import org.touchstone.domain.Reason;
import org.touchstone.domain.speech.Doubt;
import org.touchstone.domain.speech.Heard;
import org.touchstone.domain.speech.RecognitionException;
import org.touchstone.domain.speech.Recording.Stretch;

/**
 * Reads answers of the form {@code verbose_json}, and of the form {@code json}, which has the text
 * alone. Times are held to the part that was sent; the marks of doubt are those of Whisper's
 * published code.
 */
final class TranscriptionReader {
  private static final int MAX_SEGMENTS = 20_000;
  private static final int MAX_TEXT = 10_000;
  private static final double LEAST_LOG_PROBABILITY = -1;
  private static final double MOST_COMPRESSION = 2.4;
  private static final double MOST_NO_SPEECH = 0.6;

  private TranscriptionReader() {}

  /**
   * @param language BCP 47 tag; empty when the answer does not name one
   */
  record Answer(Optional<String> language, List<Heard> words) {}

  /**
   * @param part the part of the recording that was sent
   * @throws RecognitionException when it is not a transcription
   */
  static Answer read(byte[] body, Stretch part) {
    JsonNode json = json(body);
    List<Heard> words = new ArrayList<>();
    if (json.path("segments").isArray()) {
      for (JsonNode segment : json.get("segments")) {
        if (words.size() == MAX_SEGMENTS) {
          throw bad("more than " + MAX_SEGMENTS + " segments");
        }
        add(words, segment, part);
      }
    } else if (json.path("text").isTextual()) {
      add(words, json, part);
    } else {
      throw bad("neither segments nor a text");
    }
    String language = json.path("language").asText("");
    return new Answer(
        language.isBlank() ? Optional.empty() : Optional.of(LanguageNames.tag(language)), words);
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode json = Json.mapper().readTree(body);
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // Its message may quote the answer.
    } catch (IOException e) {
      throw new IllegalStateException("reading an array does not fail", e);
    }
    throw bad("something that is not a JSON object");
  }

  private static void add(List<Heard> words, JsonNode segment, Stretch part) {
    String text = segment.path("text").asText("").strip();
    if (text.isBlank()) {
      return;
    }
    if (text.length() > MAX_TEXT && segment.has("start")) {
      throw bad("a segment of more than " + MAX_TEXT + " characters");
    }
    double start = time(segment.path("start"), 0, part);
    double end = Math.max(start, time(segment.path("end"), part.seconds(), part));
    words.add(new Heard(part.start() + start, part.start() + end, text, doubts(segment)));
  }

  private static double time(JsonNode node, double otherwise, Stretch part) {
    double time = node.isNumber() ? node.asDouble() : otherwise;
    return Double.isFinite(time) ? Math.clamp(time, 0, part.seconds()) : otherwise;
  }

  private static Set<Doubt> doubts(JsonNode segment) {
    Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
    if (segment.path("avg_logprob").asDouble(0) < LEAST_LOG_PROBABILITY) {
      boolean silence = segment.path("no_speech_prob").asDouble(0) > MOST_NO_SPEECH;
      doubts.add(silence ? Doubt.SILENCE : Doubt.UNLIKELY);
    }
    if (segment.path("compression_ratio").asDouble(0) > MOST_COMPRESSION) {
      doubts.add(Doubt.REPEATED);
    }
    return doubts;
  }

  private static RecognitionException bad(String what) {
    return new RecognitionException(Reason.ERROR, "The recogniser answered with " + what + ".");
  }
}
