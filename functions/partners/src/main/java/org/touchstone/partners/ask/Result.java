package org.touchstone.partners.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Reason;
import org.touchstone.partners.expression.EvaluationException;
import org.touchstone.partners.voter.Voter;

/**
 * What a voter's result means.
 *
 * @param score 0..1, 1 = manipulated or synthetic
 * @param evidence what it says about the medium, in bounded texts
 */
record Result(double score, List<Finding> evidence) {
  private static final int MAX_FINDINGS = 20;
  private static final int MAX_TEXT = 200;

  /**
   * Reads a result by the voter's expression.
   *
   * @param hide cuts out of a text what must not be shown
   * @throws AbstentionException when it has no score
   */
  static Result of(Voter voter, JsonNode answer, UnaryOperator<String> hide)
      throws AbstentionException {
    JsonNode read;
    try {
      read = voter.answer().evaluate(answer);
    } catch (EvaluationException e) {
      throw otherForm(voter);
    }
    JsonNode abstain = read.path("abstain");
    if (abstain.isTextual() || abstain.asBoolean()) {
      throw new AbstentionException(
          Reason.NOT_APPLICABLE,
          voter.provider()
              + " abstained"
              + (abstain.isTextual() ? ": " + shortened(hide.apply(abstain.textValue())) : "")
              + ".");
    }
    JsonNode score = read.path("score");
    if (!score.isNumber() || !(score.doubleValue() >= 0 && score.doubleValue() <= 1)) {
      throw otherForm(voter);
    }
    return new Result(score.doubleValue(), findings(voter, read.path("evidence"), hide));
  }

  private static AbstentionException otherForm(Voter voter) {
    return new AbstentionException(
        Reason.ERROR,
        voter.provider() + "'s answer has neither a score from 0 to 1 nor an abstention.");
  }

  private static List<Finding> findings(
      Voter voter, JsonNode evidence, UnaryOperator<String> hide) {
    List<Finding> findings = new ArrayList<>();
    JsonNode fields = evidence.isObject() ? evidence : MissingNode.getInstance();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      JsonNode value = field.getValue();
      if (value.isValueNode() && !value.isNull() && findings.size() < MAX_FINDINGS) {
        findings.add(
            new Finding(
                voter.provider(),
                shortened(hide.apply(field.getKey())),
                shortened(hide.apply(text(value)))));
      }
    }
    return findings;
  }

  private static String text(JsonNode value) {
    boolean whole = value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
    return whole && value.canConvertToLong() ? Long.toString(value.longValue()) : value.asText();
  }

  /** A text of bounded length without control characters. */
  static String shortened(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", " ").strip();
    return plain.length() <= MAX_TEXT ? plain : plain.substring(0, MAX_TEXT - 1) + "…";
  }
}
