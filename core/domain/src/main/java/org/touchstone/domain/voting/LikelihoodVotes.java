package org.touchstone.domain.voting;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.Verdict.Basis;
import org.touchstone.domain.Verdict.Likelihood;
import org.touchstone.domain.Verdict.Side;
import org.touchstone.domain.Verdict.Vote;
import org.touchstone.domain.voting.MediaEvidence.Ordered;
import org.touchstone.domain.voting.TrackLikelihood.Weighed;

/** Votes and sentences of the rule {@code log-likelihood}. */
final class LikelihoodVotes {
  private static final String AT_MOST_UNCERTAIN = "so it can mean uncertain at most.";

  private static final String UNDER_ONE = "less than 1";

  private LikelihoodVotes() {}

  static Vote vote(String mediaId, Ordered source, TrackLikelihood track) {
    DetectorReport report = source.report();
    if (report.status() != ReportStatus.SCORED) {
      return new Vote(
          mediaId,
          report.detector(),
          source.track(),
          0,
          null,
          null,
          Side.NONE,
          Why.noScore(report));
    }
    Voice voice =
        track.voices().stream().filter(v -> v.source() == source).findFirst().orElseThrow();
    Weighed speaking =
        track.speaking().stream().filter(w -> w.voice() == voice).findFirst().orElse(null);
    Reliability known = report.reliability();
    boolean counted = voice.basis() == Basis.COUNTED || voice.basis() == Basis.DOUBTFUL;
    String calibration = known == null || voice.basis() == Basis.CLAIM ? null : known.calibration();
    return new Vote(
        mediaId,
        report.detector(),
        source.track(),
        speaking == null ? 0 : speaking.weight(),
        report.score(),
        calibration == null ? null : report.score(),
        speaking == null ? Side.NONE : side(voice.ratio()),
        speaking == null ? whySilent(voice, track) : why(speaking),
        new Likelihood(
            voice.ratio(),
            voice.clip().lower(),
            voice.clip().upper(),
            voice.basis(),
            counted ? known.counts().row() : null,
            calibration,
            voice.basis() == Basis.CLAIM ? null : voice.family()));
  }

  /**
   * How many detectors found nothing, and how much they miss.
   *
   * @param voices with counts; when empty, nobody counted how much is missed
   */
  static String foundNothing(List<Voice> voices) {
    long detectors = voices.stream().map(Voice::detector).distinct().count();
    if (detectors == 0) {
      return "Detectors found nothing; how much they miss was never counted.";
    }
    String least = percent(voices.stream().mapToDouble(Voice::missed).min().orElseThrow());
    String most = percent(voices.stream().mapToDouble(Voice::missed).max().orElseThrow());
    String missed = least.equals(most) ? most : least + " to " + most;
    String about = missed.startsWith(UNDER_ONE) ? "" : "about ";
    return detectors == 1
        ? "1 detector found nothing; it misses " + about + missed + " % of fakes."
        : "%d detectors found nothing; they miss %s%s %% of fakes each."
            .formatted(detectors, about, missed);
  }

  private static String percent(double share) {
    long rounded = Math.round(100 * share);
    return rounded == 0 ? UNDER_ONE : Long.toString(rounded);
  }

  private static Side side(double ratio) {
    if (ratio == 0) {
      return Side.NONE;
    }
    return ratio > 0 ? Side.MANIPULATED : Side.AUTHENTIC;
  }

  private static String whySilent(Voice voice, TrackLikelihood track) {
    if (voice.silence() != null) {
      return voice.silence() + " It has no weight until its errors are counted.";
    }
    if (voice.clip().isNothing()) {
      return "Its counted errors leave it nothing to say: " + counts(voice) + ".";
    }
    for (Weighed other : track.speaking()) {
      if (other.voice().detector().equals(voice.detector())) {
        return Why.REPEATED;
      }
      if (other.voice().family().equals(voice.family())) {
        return "It errs together with "
            + other.voice().detector()
            + ", which is trusted at least as much and speaks for both.";
      }
    }
    return Why.REPEATED;
  }

  private static String why(Weighed speaking) {
    Voice voice = speaking.voice();
    StringJoiner why = new StringJoiner(" ");
    String effect = effect(voice.ratio());
    switch (voice.basis()) {
      case CLAIM -> why.add("The file says so of itself; this can be forged.").add(effect + ".");
      case UNCALIBRATED ->
          why.add("Its errors were never counted, " + AT_MOST_UNCERTAIN).add(effect + ".");
      case COUNTED, DOUBTFUL -> why.add(effect + ": " + counts(voice) + ".");
    }
    Reliability known = voice.report().reliability();
    if (known != null && voice.basis() != Basis.CLAIM) {
      if (known.doubt() != null) {
        why.add(known.doubt());
        if (voice.basis() == Basis.DOUBTFUL) {
          why.add("Its score is in doubt, " + AT_MOST_UNCERTAIN);
        }
      }
      if (known.calibration() != null && known.fakeShare() == null) {
        why.add("The share of fakes in its calibration is not known; one half is assumed.");
      }
    }
    if (speaking.apart()) {
      why.add("It stands apart: it is added to no other score.");
    }
    if (speaking.weight() < 1) {
      why.add(
          "It counts "
              + Why.number(speaking.weight())
              + " times, because it depends on another detector in part.");
    }
    return why.toString();
  }

  private static String counts(Voice voice) {
    Reliability.Counts counts = voice.report().reliability().counts();
    return "%d of %d authentic media were called fake and %d of %d fakes found (%s)"
        .formatted(
            counts.falseAlarms(), counts.authentic(), counts.hits(), counts.fakes(), counts.row());
  }

  private static String effect(double ratio) {
    if (ratio == 0) {
      return "Changes nothing";
    }
    double times = StrictMath.exp(Math.abs(ratio));
    return "Makes manipulation "
        + String.format(Locale.ROOT, times < 10 ? "%.1f" : "%.0f", times)
        + (ratio > 0 ? " times more likely" : " times less likely");
  }
}
