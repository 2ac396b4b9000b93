package org.touchstone.judge.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.domain.Json;

/**
 * Checks a language model's answer. A model that was talked into something by the transcript may
 * answer anything, so nothing is taken over that is not exactly an answer.
 */
public final class AnswerReader {
  private static final int MAX_JSON = 32 * 1024;
  private static final double EVEN = 0.5;
  private static final Set<String> FIELDS = Set.of("label", "probability", "rationale", "claims");

  /** Links and markup: nothing that a reader could follow or a page could run. */
  private static final Pattern ACTIVE =
      Pattern.compile(
          "[a-z][a-z0-9+.-]{1,20}://|\\bwww\\.|\\bjavascript:|\\bdata:[a-z]+/|<[a-z/!?]|\\]\\(|```",
          Pattern.CASE_INSENSITIVE);

  /** Invisible characters, except the joiners that scripts need. */
  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}&&[^\\n\\r\\t\\u200c\\u200d]]");

  private static final ObjectReader STRICT =
      Json.mapper()
          .reader()
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private AnswerReader() {}

  /**
   * Reads an answer.
   *
   * @param json as the model gave it
   * @param secrets words of the prompt that no answer may hold
   * @throws UnusableAnswerException when it fails a check
   */
  public static Answer read(String json, List<String> secrets) throws UnusableAnswerException {
    JsonNode answer = tree(json);
    // As read, so that no escape hides one, and in small letters, as they are.
    String whole = answer.toString().toLowerCase(Locale.ROOT);
    for (String secret : secrets) {
      if (whole.contains(secret)) {
        throw new UnusableAnswerException("it repeats a secret word of the prompt");
      }
    }
    Label label =
        Label.of(answer.path("label").textValue())
            .orElseThrow(() -> new UnusableAnswerException("its label is not one of three"));
    double probability = probability(answer.path("probability"));
    if (label == Label.FAKE && probability < EVEN || label == Label.REAL && probability > EVEN) {
      throw new UnusableAnswerException("its label and its probability contradict each other");
    }
    return new Answer(
        label,
        probability,
        text(answer.path("rationale"), "rationale", Answer.MAX_RATIONALE),
        claims(answer.path("claims")));
  }

  private static JsonNode tree(String json) throws UnusableAnswerException {
    if (json == null || json.isBlank() || json.length() > MAX_JSON) {
      throw new UnusableAnswerException("it is empty or too long");
    }
    JsonNode answer;
    try {
      answer = STRICT.readTree(json);
    } catch (JsonProcessingException e) {
      // The cause is not passed on: its message quotes the answer.
      throw new UnusableAnswerException("it is not JSON");
    }
    if (!answer.isObject()) {
      throw new UnusableAnswerException("it is not a JSON object");
    }
    List<String> names = new ArrayList<>();
    answer.fieldNames().forEachRemaining(names::add);
    if (!FIELDS.containsAll(names)) {
      throw new UnusableAnswerException("it has a field that was not asked for");
    }
    return answer;
  }

  private static double probability(JsonNode value) throws UnusableAnswerException {
    if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= 1)) {
      throw new UnusableAnswerException("its probability is not a number from 0 to 1");
    }
    return value.doubleValue();
  }

  private static List<String> claims(JsonNode list) throws UnusableAnswerException {
    if (!list.isArray() || list.size() > Answer.MAX_CLAIMS) {
      throw new UnusableAnswerException(
          "its claims are not a list of at most " + Answer.MAX_CLAIMS);
    }
    List<String> claims = new ArrayList<>();
    for (JsonNode claim : list) {
      claims.add(text(claim, "claim", Answer.MAX_CLAIM));
    }
    return claims;
  }

  private static String text(JsonNode value, String what, int most) throws UnusableAnswerException {
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new UnusableAnswerException("its " + what + " is not a text");
    }
    String text = value.textValue();
    if (text.length() > most) {
      throw new UnusableAnswerException("its " + what + " has more than " + most + " characters");
    }
    if (ACTIVE.matcher(text).find()) {
      throw new UnusableAnswerException("its " + what + " holds a link or markup");
    }
    if (HIDDEN.matcher(text).find()) {
      throw new UnusableAnswerException("its " + what + " holds invisible characters");
    }
    return text.replaceAll("\\s+", " ").strip();
  }
}
