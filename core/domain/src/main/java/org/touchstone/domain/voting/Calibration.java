package org.touchstone.domain.voting;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.touchstone.domain.voting.odds.LogOdds;

/**
 * Turns a detector's raw score into a probability of manipulation. Every calibration is
 * non-decreasing, so a higher score never means a lower probability.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "method")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Calibration.Platt.class, name = "platt"),
  @JsonSubTypes.Type(value = Calibration.Isotonic.class, name = "isotonic")
})
public sealed interface Calibration {

  /**
   * The probability of a score.
   *
   * @param score 0..1
   * @param floor keeps probabilities of exactly 0 or 1 from giving infinite log-odds
   */
  double probability(double score, double floor);

  /**
   * Platt scaling on the score's log-odds: sigmoid(a · logit(score) + b).
   *
   * @param a slope, above 0
   * @param b offset
   */
  record Platt(@JsonProperty(required = true) double a, @JsonProperty(required = true) double b)
      implements Calibration {
    public Platt {
      Check.positive(a, "a");
      Check.bounded(b, "b");
    }

    @Override
    public double probability(double score, double floor) {
      return LogOdds.sigmoid(a * LogOdds.logit(LogOdds.clamp(score, floor)) + b);
    }
  }

  /**
   * Isotonic regression: linear between the points, flat outside of them.
   *
   * @param points at least two; scores strictly increase, probabilities never decrease
   */
  record Isotonic(@JsonProperty(required = true) List<Point> points) implements Calibration {
    private static final int MAX_POINTS = 1_000;

    public Isotonic {
      Check.present(points, "points");
      Check.require(
          points.size() >= 2 && points.size() <= MAX_POINTS,
          "points",
          "must be 2 to " + MAX_POINTS);
      for (int i = 0; i < points.size(); i++) {
        String field = "points[" + i + "]";
        Point point = Check.present(points.get(i), field);
        if (i > 0) {
          Point before = points.get(i - 1);
          Check.require(point.score > before.score, field + ".score", "must rise");
          Check.require(
              point.probability >= before.probability, field + ".probability", "must not fall");
        }
      }
      points = List.copyOf(points);
    }

    @Override
    public double probability(double score, double floor) {
      if (score <= points.getFirst().score) {
        return points.getFirst().probability;
      }
      for (int i = 1; i < points.size(); i++) {
        Point right = points.get(i);
        if (score < right.score) {
          Point left = points.get(i - 1);
          double part = (score - left.score) / (right.score - left.score);
          double risen = left.probability + part * (right.probability - left.probability);
          return Math.min(risen, right.probability);
        }
      }
      return points.getLast().probability;
    }

    /** A raw score and its probability of manipulation, both 0..1. */
    public record Point(
        @JsonProperty(required = true) double score,
        @JsonProperty(required = true) double probability) {
      public Point {
        Check.probability(score, "score");
        Check.probability(probability, "probability");
      }
    }
  }
}
