package org.touchstone.judge.chat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.touchstone.judge.answer.Answer;
import org.touchstone.judge.answer.Label;

/** The one tool that a model must call; its parameters are the answer. */
final class AnswerTool {
  static final String NAME = "report_judgement";
  static final String DESCRIPTION =
      "Reports the judgement of the transcript. Call it exactly once.";

  static final String LABEL = "label";
  static final String LABEL_SAYS =
      "real: spontaneous or genuinely reported speech; fake: fabricated or scripted to deceive;"
          + " unknown: cannot be told";
  static final String PROBABILITY = "probability";
  static final String PROBABILITY_SAYS =
      "probability from 0 to 1 that the speech is fabricated or scripted to deceive; at least 0.5"
          + " for fake, at most 0.5 for real";
  static final String RATIONALE = "rationale";
  static final String RATIONALE_SAYS =
      "why, in English, two to five plain sentences without links or markup, at most "
          + Answer.MAX_RATIONALE
          + " characters";
  static final String CLAIMS = "claims";
  static final String CLAIMS_SAYS =
      "statements about the world that can be checked, in English, each as one sentence; at most "
          + Answer.MAX_CLAIMS;

  static final List<String> REQUIRED = List.of(LABEL, PROBABILITY, RATIONALE, CLAIMS);

  private AnswerTool() {}

  static List<String> labels() {
    return Arrays.stream(Label.values()).map(Label::code).toList();
  }

  /** The parameters as a JSON schema. */
  static Map<String, Object> schema() {
    return Map.of(
        "type",
        "object",
        "additionalProperties",
        false,
        "required",
        REQUIRED,
        "properties",
        Map.of(
            LABEL,
            Map.of("type", "string", "enum", labels(), "description", LABEL_SAYS),
            PROBABILITY,
            Map.of("type", "number", "description", PROBABILITY_SAYS),
            RATIONALE,
            Map.of("type", "string", "description", RATIONALE_SAYS),
            CLAIMS,
            Map.of(
                "type", "array", "items", Map.of("type", "string"), "description", CLAIMS_SAYS)));
  }
}
