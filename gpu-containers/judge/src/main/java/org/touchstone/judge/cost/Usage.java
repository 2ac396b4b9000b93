package org.touchstone.judge.cost;

/**
 * What requests took.
 *
 * @param inputTokens tokens of prompts
 * @param outputTokens tokens of answers
 * @param isComplete whether the server said it of every request; if not, the real sums are larger
 */
public record Usage(long inputTokens, long outputTokens, boolean isComplete) {
  /** Nothing was asked. */
  public static final Usage NONE = new Usage(0, 0, true);

  /** A request whose server does not say what it took. */
  public static final Usage UNKNOWN = new Usage(0, 0, false);

  /** Both together. */
  public Usage plus(Usage other) {
    return new Usage(
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        isComplete && other.isComplete);
  }
}
