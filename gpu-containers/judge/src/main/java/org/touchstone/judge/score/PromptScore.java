package org.touchstone.judge.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.touchstone.judge.answer.Label;

/**
 * How well a version of the prompt did.
 *
 * @param version the prompt's version and the model
 * @param transcripts how many there were
 * @param fakes how many of them were made up
 * @param withoutOpinion how many got no usable answer
 * @param undecided how many were judged unknown
 * @param accuracy share of right labels among those judged real or fake
 * @param areaUnderCurve chance that a made-up transcript gets a higher probability than a real one
 * @param brier mean squared difference between probability and truth; 0.25 is that of always 0.5
 * @param usd what it cost; 0 without prices
 */
public record PromptScore(
    String version,
    int transcripts,
    int fakes,
    int withoutOpinion,
    int undecided,
    Interval accuracy,
    Interval areaUnderCurve,
    Interval brier,
    double usd) {
  private static final double MICROS = 1e6;

  private record Row(boolean isFake, Label label, double probability) {}

  /**
   * Computes it.
   *
   * @param judged what became of each transcript, in the same order
   */
  static PromptScore of(String version, List<LabelledTranscript> transcripts, List<Judged> judged) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      if (judged.get(i).hasOpinion()) {
        rows.add(
            new Row(
                transcripts.get(i).isFake(), judged.get(i).label(), judged.get(i).probability()));
      }
    }
    List<Row> decided = rows.stream().filter(row -> row.label() != Label.UNKNOWN).toList();
    long right =
        decided.stream().filter(row -> row.isFake() == (row.label() == Label.FAKE)).count();
    return new PromptScore(
        version,
        transcripts.size(),
        (int) transcripts.stream().filter(LabelledTranscript::isFake).count(),
        judged.size() - rows.size(),
        rows.size() - decided.size(),
        Interval.share((int) right, decided.size()),
        Interval.bootstrap(rows.size(), sample -> area(rows, sample)),
        Interval.bootstrap(rows.size(), sample -> brier(rows, sample)),
        judged.stream().mapToLong(Judged::usdMicros).sum() / MICROS);
  }

  /** The area under the curve by ranks; ties count half. NaN without both classes. */
  private static double area(List<Row> rows, int[] sample) {
    Row[] sorted = Arrays.stream(sample).mapToObj(rows::get).toArray(Row[]::new);
    Arrays.sort(sorted, Comparator.comparingDouble(Row::probability));
    double ranks = 0;
    long fakes = 0;
    int start = 0;
    while (start < sorted.length) {
      int end = start;
      while (end < sorted.length && sorted[end].probability() == sorted[start].probability()) {
        end++;
      }
      double rank = (start + 1 + end) / 2.0;
      for (int i = start; i < end; i++) {
        if (sorted[i].isFake()) {
          ranks += rank;
          fakes++;
        }
      }
      start = end;
    }
    long real = sorted.length - fakes;
    return fakes == 0 || real == 0
        ? Double.NaN
        : (ranks - fakes * (fakes + 1) / 2.0) / (fakes * real);
  }

  private static double brier(List<Row> rows, int[] sample) {
    return Arrays.stream(sample)
        .mapToObj(rows::get)
        .mapToDouble(row -> Math.pow(row.probability() - (row.isFake() ? 1 : 0), 2))
        .average()
        .orElse(Double.NaN);
  }
}
