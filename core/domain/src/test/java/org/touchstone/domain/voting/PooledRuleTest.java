package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.touchstone.domain.Modality.AUDIO;
import static org.touchstone.domain.Modality.IMAGE;
import static org.touchstone.domain.Modality.VIDEO;
import static org.touchstone.domain.voting.Fixtures.abstained;
import static org.touchstone.domain.voting.Fixtures.annotated;
import static org.touchstone.domain.voting.Fixtures.evidence;
import static org.touchstone.domain.voting.Fixtures.failed;
import static org.touchstone.domain.voting.Fixtures.pending;
import static org.touchstone.domain.voting.Fixtures.scored;
import static org.touchstone.domain.voting.Fixtures.videoWithSound;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.Side;
import org.touchstone.domain.Verdict.VerdictReason;
import org.touchstone.domain.Verdict.Vote;

class PooledRuleTest {
  private final VotingPolicy bundled = Fixtures.pooled();

  private Verdict vote(MediaEvidence... evidence) {
    return bundled.vote(List.of(evidence));
  }

  private static List<String> codes(List<VerdictReason> reasons) {
    return reasons.stream().map(VerdictReason::code).toList();
  }

  /** A policy whose only numbers that matter are the ones a test gives. */
  private static VotingPolicy policy(String detectors) {
    String json =
        """
        {"rule": "pooled", "version": "t",
         "prior": {"probability": 0.5, "weight": 1}, "shrinkage": 0, "probabilityFloor": 0.001,
         "levels": {"uncertainFrom": 0.35, "highFrom": 0.75},
         "evidence": {"suspect": 1, "decide": 1.5}, "detectors": {%s}}
        """
            .formatted(detectors);
    return VotingPolicy.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Nested
  class Pooling {
    @Test
    void isWeightedMeanOfLogOddsWithThePrior() {
      VotingPolicy policy = policy("\"a\": {\"weight\": 2}, \"b\": {\"weight\": 1}");
      Verdict verdict =
          policy.vote(List.of(evidence(IMAGE, scored(IMAGE, "a", .9), scored(IMAGE, "b", .2))));
      double logOdds = (1 * 0 + 2 * Math.log(9) + Math.log(.25)) / 4;
      assertThat(verdict.confidence()).isCloseTo(1 / (1 + Math.exp(-logOdds)), within(1e-12));
      assertThat(verdict.votes()).extracting(Vote::weight).containsExactly(.5, .25);
    }

    @Test
    void sharesOneWeightWithinGroup() {
      VotingPolicy grouped =
          policy(
              "\"a\": {\"weight\": 2, \"group\": \"g\"}, \"b\": {\"weight\": 1, \"group\": \"g\"},"
                  + " \"c\": {\"weight\": 3}");
      Verdict verdict =
          grouped.vote(
              List.of(
                  evidence(
                      IMAGE,
                      scored(IMAGE, "a", .9),
                      scored(IMAGE, "b", .9),
                      scored(IMAGE, "c", .2))));
      double logOdds = (2 * Math.log(9) + 3 * Math.log(.25)) / 6;
      assertThat(verdict.confidence()).isCloseTo(1 / (1 + Math.exp(-logOdds)), within(1e-12));
      assertThat(verdict.votes().get(0).weight()).isCloseTo(2 * 2 / 3.0 / 6, within(1e-12));
      assertThat(verdict.votes().get(1).weight()).isCloseTo(1 * 2 / 3.0 / 6, within(1e-12));
    }

    @Test
    void countsAsMuchOnVideosAsThePolicySays() {
      VotingPolicy policy = policy("\"a\": {\"weight\": 2, \"videoWeight\": 1}");
      assertThat(policy.vote(List.of(evidence(IMAGE, scored(IMAGE, "a", .9)))).votes())
          .extracting(Vote::weight)
          .containsExactly(2 / 3.0);
      assertThat(policy.vote(List.of(evidence(VIDEO, scored(VIDEO, "a", .9)))).votes())
          .extracting(Vote::weight)
          .containsExactly(1 / 2.0);
    }

    @Test
    void letsDetectorsOfStillsAloneNotClearAVideo() {
      assertThat(
              vote(evidence(VIDEO, scored(VIDEO, "ufd", .01), scored(VIDEO, "distil-dire", .01)))
                  .level())
          .isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(
              vote(evidence(IMAGE, scored(IMAGE, "ufd", .01), scored(IMAGE, "distil-dire", .01)))
                  .level())
          .isEqualTo(Level.LOW);
    }

    @Test
    void letsLoneMemberOfGroupCarryItsWholeWeight() {
      VotingPolicy grouped =
          policy(
              "\"a\": {\"weight\": 2, \"group\": \"g\"}, \"b\": {\"weight\": 1, \"group\": \"g\"}");
      Verdict verdict =
          grouped.vote(List.of(evidence(IMAGE, scored(IMAGE, "a", .9), abstained(IMAGE, "b"))));
      assertThat(verdict.votes()).extracting(Vote::weight).containsExactly(2 / 3.0, 0.0);
    }

    @Test
    void doesNotLetSecondOpinionOfOneGroupAddCertainty() {
      Verdict one = vote(evidence(VIDEO, scored(VIDEO, "ftcn", .99)));
      Verdict both =
          vote(evidence(VIDEO, scored(VIDEO, "ftcn", .99), scored(VIDEO, "styleflow", .99)));
      assertThat(both.confidence()).isEqualTo(one.confidence());
    }

    @Test
    void drawsUncalibratedScoresTowardsOneHalf() {
      Vote vote = vote(evidence(IMAGE, scored(IMAGE, "ufd", 1))).votes().getFirst();
      assertThat(vote.calibrated()).isEqualTo(.8);
      assertThat(vote.score()).isEqualTo(1);
      assertThat(vote.why()).isEqualTo("Not calibrated on data: its score is taken as 0.80.");
    }

    @Test
    void usesCalibrationAndSaysWhatItWasFittedOn() {
      VotingPolicy calibrated =
          policy(
              "\"a\": {\"weight\": 1, \"calibratedOn\": \"1,000 photos\","
                  + " \"calibration\": {\"method\": \"platt\", \"a\": 2, \"b\": -1}}");
      Vote vote =
          calibrated.vote(List.of(evidence(IMAGE, scored(IMAGE, "a", .5)))).votes().getFirst();
      assertThat(vote.calibrated()).isCloseTo(1 / (1 + Math.exp(1)), within(1e-12));
      assertThat(vote.why()).isEqualTo("Calibrated on 1,000 photos: its score stands for 0.27.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void keepsCertainScoresFinite(double score) {
      Verdict verdict =
          policy("\"a\": {\"weight\": 9}")
              .vote(List.of(evidence(IMAGE, scored(IMAGE, "a", score))));
      assertThat(verdict.confidence()).isBetween(.001, .999);
    }

    @Test
    void countsRepeatedReportOnceAtItsHighestScore() {
      MediaEvidence once = evidence(IMAGE, scored(IMAGE, "ufd", .9));
      MediaEvidence twice = Fixtures.plus(once, scored(IMAGE, "ufd", .1));
      assertThat(vote(twice).confidence()).isEqualTo(vote(once).confidence());
      assertThat(vote(twice).votes()).extracting(Vote::weight).containsExactly(.5, 0.0);
    }
  }

  @Nested
  class OneSided {
    @Test
    void givesHighAloneWhenMetadataNamesGenerator() {
      for (double score : new double[] {.95, .99, 1}) {
        Verdict verdict = vote(evidence(IMAGE, scored(IMAGE, "metadata", score)));
        assertThat(verdict.level()).isEqualTo(Level.HIGH);
        assertThat(verdict.confidence()).isGreaterThan(.9);
        assertThat(verdict.reasons()).isEmpty();
      }
    }

    @Test
    void staysHighAgainstWeakDetectorsThatDisagree() {
      assertThat(
              vote(evidence(
                      IMAGE,
                      scored(IMAGE, "metadata", .99),
                      scored(IMAGE, "ufd", .02),
                      scored(IMAGE, "distil-dire", .02)))
                  .level())
          .isEqualTo(Level.HIGH);
    }

    @Test
    void neverSpeaksForAuthenticity() {
      Verdict verdict = vote(evidence(IMAGE, scored(IMAGE, "metadata", .01)));
      assertThat(verdict.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(verdict.confidence()).isNull();
      assertThat(codes(verdict.reasons())).containsExactly("too-little-evidence");
      Vote vote = verdict.votes().getFirst();
      assertThat(vote.weight()).isZero();
      assertThat(vote.vote()).isEqualTo(Side.NONE);
      assertThat(vote.why())
          .isEqualTo(
              "Not calibrated on data: its score is taken as 0.01. This detector can only raise"
                  + " suspicion; here it does not change the result.");
    }

    @Test
    void doesNotWaterDownStrongerEvidence() {
      MediaEvidence strong =
          evidence(IMAGE, scored(IMAGE, "ufd", 1), scored(IMAGE, "distil-dire", 1));
      MediaEvidence withHint = Fixtures.plus(strong, scored(IMAGE, "metadata", .55));
      assertThat(vote(withHint).confidence()).isEqualTo(vote(strong).confidence());
    }
  }

  @Nested
  class Levels {
    @ParameterizedTest
    @CsvSource({
      "0.97, 0.97, UNCERTAIN",
      "0.97, 0.40, UNCERTAIN",
      "0.50, 0.50, UNCERTAIN",
      "0.05, 0.05, LOW",
    })
    void followPooledProbability(double ufd, double dire, Level expected) {
      assertThat(
              vote(evidence(IMAGE, scored(IMAGE, "ufd", ufd), scored(IMAGE, "distil-dire", dire)))
                  .level())
          .isEqualTo(expected);
    }

    @Test
    void takeFourSureDetectorsToBeHighWhileNoneIsCalibrated() {
      assertThat(levelWhenSure("genconvit", "ftcn", "ufd")).isEqualTo(Level.UNCERTAIN);
      assertThat(levelWhenSure("genconvit", "ftcn", "ufd", "distil-dire")).isEqualTo(Level.HIGH);
    }

    private Level levelWhenSure(String... detectors) {
      TrackReport[] reports =
          Stream.of(detectors).map(d -> scored(IMAGE, d, 1)).toArray(TrackReport[]::new);
      return vote(evidence(IMAGE, reports)).level();
    }

    @ParameterizedTest
    @CsvSource({
      "0.0, INSUFFICIENT_EVIDENCE",
      "0.5, INSUFFICIENT_EVIDENCE",
      "0.6, UNCERTAIN",
      "1.0, UNCERTAIN",
    })
    void areNeverCertainOnOneWeakDetector(double score, Level expected) {
      Verdict verdict = vote(evidence(IMAGE, scored(IMAGE, "ufd", score)));
      assertThat(verdict.level()).isEqualTo(expected);
      assertThat(codes(verdict.reasons()))
          .isEqualTo(expected == Level.UNCERTAIN ? List.of() : List.of("too-little-evidence"));
    }

    @Test
    void areInsufficientBelowTheLeastAmount() {
      Verdict verdict = vote(evidence(AUDIO, scored(AUDIO, "transcript", 1)));
      assertThat(verdict.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(codes(verdict.reasons())).containsExactly("too-little-evidence");
      assertThat(verdict.confidence()).isBetween(.5, .75);
    }

    @Test
    void areInsufficientWithoutAnyScore() {
      Verdict verdict =
          vote(
              evidence(
                  IMAGE,
                  abstained(IMAGE, "metadata"),
                  abstained(IMAGE, "ufd", Reason.NOT_INSTALLED),
                  failed(IMAGE, "distil-dire"),
                  scored(IMAGE, "unheard-of", .99)));
      assertThat(verdict.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(verdict.confidence()).isNull();
      assertThat(codes(verdict.reasons())).containsExactly("no-evidence");
      assertThat(verdict.votes())
          .extracting(v -> v.detector() + ": " + v.weight() + " " + v.why())
          .containsExactly(
              "distil-dire: 0.0 Failed because the machine working on it was lost.",
              "metadata: 0.0 Abstained because no trace of a generator was found.",
              "ufd: 0.0 Abstained because its model is not installed.",
              "unheard-of: 0.0 This policy does not count it.");
    }
  }

  @Nested
  class Tracks {
    private static final TrackReport[] CLEAN_PICTURE = {
      scored(VIDEO, "genconvit", .02), scored(VIDEO, "ftcn", .02)
    };

    private MediaEvidence video(TrackReport... sound) {
      MediaEvidence evidence = evidence(videoWithSound("v"), CLEAN_PICTURE);
      for (TrackReport report : sound) {
        evidence = Fixtures.plus(evidence, report);
      }
      return evidence;
    }

    @Test
    void giveHighForFalseVoiceOverTruePicture() {
      Verdict verdict = vote(video(scored(AUDIO, "metadata", .99)));
      assertThat(verdict.level()).isEqualTo(Level.HIGH);
      assertThat(verdict.confidence()).isGreaterThan(.75);
      assertThat(codes(verdict.reasons())).containsExactly("sound-decides");
    }

    @Test
    void leaveLevelToPictureWhenSoundCannotBeJudged() {
      for (MediaEvidence evidence :
          List.of(
              video(),
              video(abstained(AUDIO, "transcript", Reason.NO_SPEECH)),
              video(scored(AUDIO, "transcript", 0)))) {
        Verdict verdict = vote(evidence);
        assertThat(verdict.level()).isEqualTo(Level.LOW);
        assertThat(verdict.confidence()).isLessThan(.35);
        assertThat(codes(verdict.reasons())).containsExactly("sound-not-judged");
      }
    }

    @Test
    void areNotLowWhenLittleEvidenceSpeaksAgainstSound() {
      Verdict verdict = vote(video(scored(AUDIO, "transcript", 1)));
      assertThat(verdict.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(verdict.confidence()).isGreaterThan(.5);
      assertThat(codes(verdict.reasons())).containsExactly("too-little-evidence", "sound-decides");
    }

    @Test
    void areNotLowWhenPictureCannotBeJudged() {
      Verdict verdict =
          vote(
              evidence(
                  videoWithSound("v"),
                  abstained(VIDEO, "genconvit", Reason.NO_FACE),
                  scored(AUDIO, "ufd", 0),
                  scored(AUDIO, "distil-dire", 0)));
      assertThat(verdict.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(verdict.confidence()).isNull();
      assertThat(codes(verdict.reasons())).containsExactly("picture-not-judged");
    }

    @Test
    void saysNothingOfSoundForSilentVideo() {
      Verdict verdict = vote(evidence(VIDEO, CLEAN_PICTURE));
      assertThat(verdict.level()).isEqualTo(Level.LOW);
      assertThat(verdict.reasons()).isEmpty();
    }
  }

  @Nested
  class SeveralMedia {
    private final MediaEvidence low =
        evidence(
            Fixtures.item("low", IMAGE),
            scored(IMAGE, "ufd", .02),
            scored(IMAGE, "distil-dire", .02));
    private final MediaEvidence unjudged =
        evidence(Fixtures.item("unjudged", IMAGE), abstained(IMAGE, "ufd"));
    private final MediaEvidence uncertain =
        evidence(Fixtures.item("uncertain", IMAGE), scored(IMAGE, "ufd", .9));
    private final MediaEvidence high =
        evidence(Fixtures.item("high", IMAGE), scored(IMAGE, "metadata", .99));
    private final MediaEvidence trusted = annotated(low, new Annotations(null, null, true));

    @Test
    void takeTheLeastReassuringLevel() {
      assertThat(vote(trusted, trusted).level()).isEqualTo(Level.TRUSTED);
      assertThat(vote(trusted, low).level()).isEqualTo(Level.LOW);
      assertThat(vote(low, unjudged, trusted).level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(vote(low, unjudged, uncertain).level()).isEqualTo(Level.UNCERTAIN);
      assertThat(vote(low, unjudged, uncertain, high).level()).isEqualTo(Level.HIGH);
    }

    @Test
    void giveOnlyTheReasonsOfTheDecidingLevelAndEachOnce() {
      MediaEvidence alsoUnjudged =
          evidence(Fixtures.item("also", IMAGE), abstained(IMAGE, "distil-dire"));
      MediaEvidence mute =
          evidence(
              videoWithSound("v"), scored(VIDEO, "genconvit", .02), scored(VIDEO, "ftcn", .02));
      assertThat(codes(vote(mute).reasons())).containsExactly("sound-not-judged");
      assertThat(codes(vote(mute, unjudged, alsoUnjudged).reasons()))
          .containsExactly("no-evidence");
    }

    @Test
    void carryConfidenceOfTheMostSuspicious() {
      assertThat(vote(low, uncertain, high).confidence()).isEqualTo(vote(high).confidence());
    }

    @Test
    void doNotLendConfidenceToMediumThatWasNotJudged() {
      Verdict verdict = vote(low, unjudged);
      assertThat(verdict.confidence()).isNull();
      assertThat(codes(verdict.reasons())).containsExactly("no-evidence");
      assertThat(verdict.perMedia())
          .extracting(Verdict.MediaVerdict::level)
          .containsExactly(Level.LOW, Level.INSUFFICIENT_EVIDENCE);
    }
  }

  @Nested
  class People {
    private final MediaEvidence clean =
        evidence(IMAGE, scored(IMAGE, "ufd", .02), scored(IMAGE, "distil-dire", .02));

    @ParameterizedTest
    @CsvSource({
      "MANIPULATED, true,  HIGH,    found-manipulated",
      "AUTHENTIC,   true,  TRUSTED, verified-source",
      "UNKNOWN,     true,  TRUSTED, verified-source",
      "AUTHENTIC,   false, LOW,     found-authentic",
    })
    void decideBeforeDetectors(GroundTruth truth, boolean verified, Level level, String reason) {
      for (MediaEvidence evidence :
          List.of(clean, evidence(IMAGE, scored(IMAGE, "metadata", .99)))) {
        Verdict verdict =
            vote(annotated(evidence, new Annotations(truth, GroundTruth.UNKNOWN, verified)));
        assertThat(verdict.level()).isEqualTo(level);
        assertThat(verdict.confidence()).isNull();
        assertThat(codes(verdict.reasons())).containsExactly(reason);
        assertThat(verdict.votes()).isNotEmpty();
      }
    }
  }

  @Nested
  class Previews {
    private final MediaEvidence high = evidence(IMAGE, scored(IMAGE, "metadata", .99));
    private final MediaEvidence low =
        evidence(IMAGE, scored(IMAGE, "ufd", .02), scored(IMAGE, "distil-dire", .02));

    @Test
    void isTheVerdictOverTheReportsThereAre() {
      for (MediaEvidence evidence : List.of(high, low, evidence(IMAGE))) {
        assertThat(preview(pending(evidence, "genconvit")).verdict())
            .isEqualTo(bundled.vote(List.of(evidence)));
      }
    }

    @Test
    void isSettledWhenNothingThatCountsIsPending() {
      assertThat(preview(pending(low, "unheard-of")).settled()).isTrue();
      assertThat(preview(pending(low, "unheard-of", "genconvit")).settled()).isFalse();
      assertThat(bundled.preview(List.of()).settled()).isFalse();
    }

    @Test
    void isSettledWhenPeopleKnow() {
      MediaEvidence known = annotated(low, new Annotations(null, null, true));
      assertThat(preview(pending(known, "genconvit")).settled()).isTrue();
    }

    @Test
    void isSettledAsHighWhenNoPendingDetectorCouldLowerIt() {
      assertThat(preview(pending(high, "ufd", "distil-dire")).settled()).isTrue();
      MediaEvidence four =
          evidence(
              IMAGE,
              scored(IMAGE, "genconvit", 1),
              scored(IMAGE, "ftcn", 1),
              scored(IMAGE, "ufd", 1),
              scored(IMAGE, "distil-dire", 1));
      assertThat(preview(four).verdict().level()).isEqualTo(Level.HIGH);
      assertThat(preview(pending(four, "genconvit")).settled()).isTrue();
      assertThat(preview(pending(four, "styleflow")).settled()).isFalse();
    }

    @Test
    void isSettledForAllMediaByOneThatIsSettledAsHigh() {
      assertThat(preview(pending(low, "genconvit"), pending(high, "ufd")).settled()).isTrue();
    }

    private Preview preview(MediaEvidence... media) {
      return bundled.preview(List.of(media));
    }
  }

  @Nested
  class Skipping {
    private final PooledPolicy skipping = skipping(true);
    private final MediaEvidence high = evidence(IMAGE, scored(IMAGE, "metadata", .99));

    @Test
    void isOffUnlessThePolicySaysSo() {
      assertThat(skipping(null).skipsDetectors(pending(high, "ufd"))).isFalse();
      assertThat(bundled.skipsDetectors(pending(high, "ufd"))).isFalse();
      assertThat(Fixtures.votes().skipsDetectors(pending(high, "ufd"))).isFalse();
    }

    @Test
    void leavesOutStillsThatAreSettledAsHigh() {
      assertThat(skipping.skipsDetectors(pending(high, "ufd", "distil-dire"))).isTrue();
    }

    @Test
    void asksDetectorsAboutAllElse() {
      MediaEvidence video = evidence(VIDEO, scored(VIDEO, "metadata", .99));
      assertThat(skipping.skipsDetectors(video)).isFalse();
      MediaEvidence retouched = evidence(IMAGE, scored(IMAGE, "metadata", .6));
      assertThat(skipping.skipsDetectors(pending(retouched, "ufd"))).isFalse();
      assertThat(skipping.skipsDetectors(evidence(IMAGE))).isFalse();
    }

    private PooledPolicy skipping(Boolean skip) {
      PooledPolicy p = (PooledPolicy) bundled;
      return new PooledPolicy(
          p.version(),
          p.notes(),
          skip,
          p.prior(),
          p.shrinkage(),
          p.probabilityFloor(),
          p.levels(),
          p.evidence(),
          p.detectors());
    }
  }
}
