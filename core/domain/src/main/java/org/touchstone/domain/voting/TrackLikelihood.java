package org.touchstone.domain.voting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.Verdict.Basis;
import org.touchstone.domain.voting.MediaEvidence.Ordered;
import org.touchstone.domain.voting.odds.LogOdds;

/**
 * The evidence of one track, as {@link LikelihoodPolicy} describes it.
 *
 * @param standing the track's level; its probability is absent unless counted errors took part
 * @param reasons what explains the level
 * @param voices all scores
 * @param speaking the scores that count
 * @param hasSpeech whether anybody who could hear it says that there is speech in it
 */
record TrackLikelihood(
    Standing standing,
    Set<ReasonCode> reasons,
    List<Voice> voices,
    List<Weighed> speaking,
    boolean hasSpeech) {

  /**
   * A score that counts.
   *
   * @param weight the factor of its ratio, 0..1; less than 1 beside a family that it depends on
   * @param apart whether it is added to no other
   */
  record Weighed(Voice voice, double weight, boolean apart) {
    double evidence() {
      return weight * voice.ratio();
    }
  }

  /**
   * Weighs a track.
   *
   * @param reports the track's, in canonical order
   * @param media how many media the verdict is over, at least 1
   */
  static TrackLikelihood of(
      LikelihoodPolicy policy, int media, Modality track, List<Ordered> reports) {
    List<Voice> voices =
        reports.stream()
            .filter(r -> r.report().status() == ReportStatus.SCORED)
            .map(r -> Voice.of(policy, r))
            .toList();
    List<Weighed> speaking = weighed(policy, Voice.speaking(voices));
    Set<ReasonCode> notCleared = notCleared(track, reports, voices);
    LikelihoodLevels levels = new LikelihoodLevels(policy.levels(), speaking, notCleared, media);
    boolean measured =
        speaking.stream()
            .map(w -> w.voice().basis())
            .anyMatch(basis -> basis == Basis.COUNTED || basis == Basis.DOUBTFUL);
    double confidence = LogOdds.sigmoid(LogOdds.logit(policy.prior()) + levels.total());
    return new TrackLikelihood(
        new Standing(levels.level(), measured ? confidence : null),
        levels.reasons(!voices.isEmpty()),
        voices,
        speaking,
        SpeechHeard.in(reports));
  }

  /** Those that count and found nothing, and whose errors were counted. */
  List<Voice> foundNothing() {
    return speaking.stream().map(Weighed::voice).filter(Voice::clears).toList();
  }

  /** The weights follow from trust alone; the order of the result from the families' names. */
  private static List<Weighed> weighed(LikelihoodPolicy policy, List<Voice> byTrust) {
    List<Weighed> weighed = new ArrayList<>();
    for (Voice voice : byTrust) {
      double weight =
          weighed.stream()
              .mapToDouble(w -> policy.weightBetween(w.voice().family(), voice.family()))
              .min()
              .orElse(1);
      weighed.add(new Weighed(voice, weight, policy.isApart(voice.detector())));
    }
    return weighed.stream().sorted(Comparator.comparing(w -> w.voice().family())).toList();
  }

  /** The categories that apply to the track and in which nothing speaks for authenticity. */
  private static Set<ReasonCode> notCleared(
      Modality track, List<Ordered> reports, List<Voice> voices) {
    Map<ReasonCode, Category> applying = new EnumMap<>(ReasonCode.class);
    if (track == Modality.AUDIO) {
      applying.put(ReasonCode.VOICE_NOT_CLEARED, Category.VOICE);
    } else {
      applying.put(ReasonCode.IMAGE_NOT_CLEARED, Category.GENERATIVE);
      if (FacesSeen.in(reports)) {
        applying.put(ReasonCode.FACES_NOT_CLEARED, Category.FACES);
      }
    }
    applying
        .values()
        .removeIf(category -> Voice.speakingOn(category, voices).stream().anyMatch(Voice::clears));
    return applying.keySet();
  }
}
