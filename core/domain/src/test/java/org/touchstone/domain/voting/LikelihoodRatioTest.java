package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.touchstone.domain.Category.FACES;
import static org.touchstone.domain.Category.GENERATIVE;
import static org.touchstone.domain.Modality.IMAGE;
import static org.touchstone.domain.Modality.VIDEO;
import static org.touchstone.domain.voting.Fixtures.counted;
import static org.touchstone.domain.voting.Fixtures.counts;
import static org.touchstone.domain.voting.Fixtures.evidence;
import static org.touchstone.domain.voting.Fixtures.known;
import static org.touchstone.domain.voting.Fixtures.reliability;
import static org.touchstone.domain.voting.Fixtures.scored;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.domain.Reliability.Counts;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Basis;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.Side;
import org.touchstone.domain.Verdict.Vote;
import org.touchstone.domain.voting.odds.Clip;

/** What a score says under the rule {@code log-likelihood}. */
class LikelihoodRatioTest {
  /** 1 % false alarms of 1,000, 10 % of 1,000 fakes missed: enough for each level alone. */
  private static final Counts STRONG = counts(10, 1000, 900, 1000);

  /** 1 % false alarms of 600, a third of the fakes missed: never low alone. */
  private static final Counts MISSES_A_THIRD = counts(6, 600, 400, 600);

  private static final double CONFIDENCE = 0.95;

  private final VotingPolicy policy = VotingPolicy.bundled();

  private Verdict vote(MediaEvidence... media) {
    return policy.vote(List.of(media));
  }

  private Vote only(TrackReport report) {
    return vote(evidence(report.track(), report)).votes().getFirst();
  }

  private static TrackReport image(String detector, double score, Counts counts) {
    return counted(IMAGE, GENERATIVE, detector, score, counts);
  }

  @Nested
  class Ratios {
    @Test
    void areTheScoresLogOddsMinusThoseOfTheShareOfFakes() {
      Reliability fewFakes = new Reliability(null, "v", 0.2, STRONG, Combination.SINGLE, 1, null);
      assertThat(only(known(IMAGE, GENERATIVE, "a", .5, fewFakes)).likelihood().ratio())
          .isCloseTo(Math.log(4), within(1e-12));
      assertThat(only(image("a", .5, STRONG)).likelihood().ratio()).isZero();
    }

    @Test
    void assumeOneHalfWhenTheShareOfFakesIsNotKnownAndSaySo() {
      Reliability unknown = new Reliability(null, "v", null, STRONG, Combination.SINGLE, 1, null);
      Vote vote = only(known(IMAGE, GENERATIVE, "a", .8, unknown));
      assertThat(vote.likelihood().ratio()).isCloseTo(Math.log(4), within(1e-12));
      assertThat(vote.why())
          .contains("The share of fakes in its calibration is not known; one half is assumed.");
      assertThat(only(image("a", .8, STRONG)).why()).doesNotContain("is assumed");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void areClippedByTheCounts(double score) {
      Clip clip = Clip.of(STRONG, CONFIDENCE);
      Vote vote = only(image("a", score, STRONG));
      assertThat(vote.likelihood().ratio()).isEqualTo(score == 1 ? clip.upper() : clip.lower());
      assertThat(vote.likelihood().lower()).isEqualTo(clip.lower());
      assertThat(vote.likelihood().upper()).isEqualTo(clip.upper());
      assertThat(vote.vote()).isEqualTo(score == 1 ? Side.MANIPULATED : Side.AUTHENTIC);
    }

    @Test
    void areTheClipItselfForScoresThatWereNeverFitted() {
      Clip clip = Clip.of(STRONG, CONFIDENCE);
      Reliability unfitted =
          new Reliability(null, null, null, STRONG, Combination.SINGLE, 1, null, 0.7);
      Vote below = only(known(IMAGE, GENERATIVE, "a", .69, unfitted));
      Vote at = only(known(IMAGE, GENERATIVE, "a", .7, unfitted));
      assertThat(below.likelihood().ratio()).isEqualTo(clip.lower());
      assertThat(at.likelihood().ratio()).isEqualTo(clip.upper());
      assertThat(at.calibrated()).isNull();
      assertThat(at.likelihood().calibration()).isNull();
    }

    @Test
    void ofTheHighestOfSeveralLooksLoseTheirNumber() {
      Reliability highest = new Reliability(null, "v", 0.5, STRONG, Combination.MAXIMUM, 16, null);
      assertThat(only(known(IMAGE, GENERATIVE, "a", 1, highest)).likelihood().ratio())
          .isCloseTo(Clip.of(STRONG, CONFIDENCE).upper() - Math.log(16), within(1e-12));
    }

    @Test
    void areSummedOnThePrior() {
      Verdict verdict = vote(evidence(IMAGE, image("a", .8, STRONG), image("b", .6, STRONG)));
      double odds = .8 / .2 * .6 / .4;
      assertThat(verdict.confidence()).isCloseTo(odds / (1 + odds), within(1e-12));
    }

    @Test
    void startFromThePriorThatThePolicyNames() {
      LikelihoodPolicy p = (LikelihoodPolicy) policy;
      LikelihoodPolicy rare =
          new LikelihoodPolicy(
              "rare",
              null,
              null,
              0.01,
              p.boundConfidence(),
              p.probabilityFloor(),
              p.levels(),
              p.uncalibratedOdds(),
              p.dependence(),
              p.detectors(),
              p.provenance());
      Verdict verdict = rare.vote(List.of(evidence(IMAGE, image("a", 1, STRONG))));
      assertThat(verdict.level()).isEqualTo(Level.HIGH);
      assertThat(verdict.confidence()).isBetween(.2, .4);
    }

    @Test
    void areStoredWithWhatIsNeededToComputeThemAgain() {
      Vote vote = only(known(IMAGE, GENERATIVE, "a", .8, reliability("f", STRONG)));
      assertThat(vote.weight()).isEqualTo(1);
      assertThat(vote.calibrated()).isEqualTo(.8);
      assertThat(vote.likelihood().basis()).isEqualTo(Basis.COUNTED);
      assertThat(vote.likelihood().row()).isEqualTo("all media");
      assertThat(vote.likelihood().calibration()).isEqualTo("2026-11");
      assertThat(vote.likelihood().family()).isEqualTo("f");
      assertThat(vote.why())
          .isEqualTo(
              "Makes manipulation 4.0 times more likely: 10 of 1000 authentic media were called"
                  + " fake and 900 of 1000 fakes found (all media).");
    }
  }

  @Nested
  class Families {
    @Test
    void speakThroughTheirMostTrustedMember() {
      TrackReport trusted = known(IMAGE, GENERATIVE, "b", .3, reliability("f", STRONG));
      TrackReport other = known(IMAGE, GENERATIVE, "a", .9, reliability("f", MISSES_A_THIRD));
      Verdict verdict = vote(evidence(IMAGE, other, trusted));
      assertThat(verdict.confidence()).isCloseTo(.3, within(1e-12));
      assertThat(verdict.votes()).extracting(Vote::weight).containsExactly(0.0, 1.0);
      assertThat(verdict.votes().getFirst().why())
          .isEqualTo(
              "It errs together with b, which is trusted at least as much and speaks for both.");
      assertThat(verdict.votes().getFirst().likelihood().ratio()).isPositive();
    }

    @Test
    void arePutTogetherByThePolicyToo() {
      TrackReport own = known(VIDEO, FACES, "styleflow", .9, reliability("other", STRONG));
      Verdict verdict = vote(evidence(VIDEO, own, scored(VIDEO, "ftcn", 1)));
      assertThat(verdict.votes()).extracting(Vote::weight).containsExactly(0.0, 1.0);
      assertThat(verdict.votes().get(1).likelihood().family()).isEqualTo("ftcn");
    }

    @Test
    void countLessBesideOneThatTheyDependOn() {
      TrackReport trusted = known(IMAGE, FACES, "my-gend", .8, reliability("gend", STRONG));
      TrackReport less = known(IMAGE, GENERATIVE, "ufd", .9, reliability(null, MISSES_A_THIRD));
      Verdict verdict = vote(evidence(IMAGE, less, trusted));
      double odds = .8 / .2 * Math.sqrt(.9 / .1);
      assertThat(verdict.confidence()).isCloseTo(odds / (1 + odds), within(1e-12));
      assertThat(verdict.votes()).extracting(Vote::weight).containsExactly(1.0, .5);
      assertThat(verdict.votes().get(1).why())
          .endsWith("It counts 0.50 times, because it depends on another detector in part.");
    }

    @Test
    void countADetectorThatReportsTwiceOnce() {
      MediaEvidence once = evidence(IMAGE, image("a", .9, STRONG));
      MediaEvidence twice = Fixtures.plus(once, scored(IMAGE, "a", 1));
      assertThat(vote(twice).confidence()).isEqualTo(vote(once).confidence());
      assertThat(vote(twice).votes())
          .extracting(Vote::why)
          .contains("Another report of the same detector on this track counts.");
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void scoresAtTheEndsGiveFiniteRatios(double score) {
    assertThat(only(scored(IMAGE, "a", score)).likelihood().ratio()).isFinite();
    assertThat(only(image("a", score, counts(0, 1_000_000, 1_000_000, 1_000_000))))
        .satisfies(vote -> assertThat(vote.likelihood().ratio()).isFinite());
  }
}
