package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.touchstone.domain.Category.FACES;
import static org.touchstone.domain.Category.GENERATIVE;
import static org.touchstone.domain.Category.SEMANTIC;
import static org.touchstone.domain.Category.VOICE;
import static org.touchstone.domain.Modality.AUDIO;
import static org.touchstone.domain.Modality.IMAGE;
import static org.touchstone.domain.Modality.VIDEO;
import static org.touchstone.domain.voting.Fixtures.counted;
import static org.touchstone.domain.voting.Fixtures.counts;
import static org.touchstone.domain.voting.Fixtures.evidence;
import static org.touchstone.domain.voting.Fixtures.known;
import static org.touchstone.domain.voting.Fixtures.pending;
import static org.touchstone.domain.voting.Fixtures.reliability;
import static org.touchstone.domain.voting.Fixtures.scored;
import static org.touchstone.domain.voting.Fixtures.videoWithSound;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.domain.Reliability.Counts;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Basis;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.Side;
import org.touchstone.domain.Verdict.VerdictReason;
import org.touchstone.domain.Verdict.Vote;
import org.touchstone.domain.voting.odds.Clip;

class LikelihoodRuleTest {
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

  private static List<String> codes(Verdict verdict) {
    return verdict.reasons().stream().map(VerdictReason::code).toList();
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
              p.detectors());
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
  class High {
    @Test
    void takesOnePercentCountedOnAThousand() {
      assertThat(vote(evidence(IMAGE, image("a", 1, counts(10, 1000, 600, 1000)))).level())
          .isEqualTo(Level.HIGH);
      Verdict none = vote(evidence(IMAGE, image("a", 1, counts(0, 60, 1000, 1000))));
      assertThat(none.level()).isEqualTo(Level.UNCERTAIN);
    }

    @Test
    void isReachedByTheCountsOfADetectorThatNoPolicyNames() {
      assertThat(((LikelihoodPolicy) policy).detectors()).doesNotContainKey("brought-along");
      assertThat(vote(evidence(IMAGE, image("brought-along", .99, STRONG))).level())
          .isEqualTo(Level.HIGH);
    }

    @Test
    void takesMoreInAPostWithManyMedia() {
      MediaEvidence[] ten =
          IntStream.range(0, 10)
              .mapToObj(
                  i -> evidence(Fixtures.item("m" + i, IMAGE), image("a", i == 3 ? 1 : .4, STRONG)))
              .toArray(MediaEvidence[]::new);
      assertThat(vote(ten[3]).level()).isEqualTo(Level.HIGH);
      Verdict verdict = vote(ten);
      assertThat(verdict.level()).isEqualTo(Level.UNCERTAIN);
      assertThat(codes(verdict)).containsExactly("many-media");

      TrackReport second = counted(IMAGE, FACES, "b", 1, STRONG);
      ten[3] = Fixtures.plus(ten[3], second);
      assertThat(vote(ten).level()).isEqualTo(Level.HIGH);
    }

    @Test
    void isNeverReachedWithoutCounts() {
      TrackReport[] all =
          IntStream.range(0, 40)
              .mapToObj(i -> scored(IMAGE, "d" + i, 1))
              .toArray(TrackReport[]::new);
      Verdict verdict = vote(evidence(IMAGE, all));
      assertThat(verdict.level()).isEqualTo(Level.UNCERTAIN);
      assertThat(verdict.confidence()).isNull();
      assertThat(codes(verdict)).containsExactly("errors-not-counted");

      MediaEvidence nearly = evidence(IMAGE, image("a", .9, STRONG), scored(IMAGE, "d", 1));
      assertThat(vote(nearly).level()).isEqualTo(Level.UNCERTAIN);
    }

    @Test
    void isNeverReachedByAScoreInDoubt() {
      Reliability doubtful =
          new Reliability(
              null, "v", .5, STRONG, Combination.SINGLE, 1, "Faces of 80 pixels mislead it.");
      Verdict verdict = vote(evidence(IMAGE, known(IMAGE, FACES, "a", 1, doubtful)));
      assertThat(verdict.level()).isEqualTo(Level.UNCERTAIN);
      assertThat(codes(verdict)).containsExactly("score-in-doubt");
      assertThat(verdict.votes().getFirst().likelihood().basis()).isEqualTo(Basis.DOUBTFUL);
      assertThat(verdict.votes().getFirst().why())
          .endsWith(
              "Faces of 80 pixels mislead it. Its score is in doubt, so it can mean uncertain at"
                  + " most.");
    }
  }

  @Nested
  class Claims {
    private final TrackReport claim = scored(IMAGE, "metadata", .99);

    @Test
    void areEnoughForUncertainAlone() {
      Verdict verdict = vote(evidence(IMAGE, claim));
      assertThat(verdict.level()).isEqualTo(Level.UNCERTAIN);
      assertThat(verdict.confidence()).isNull();
      assertThat(verdict.reasons())
          .containsExactly(
              new VerdictReason(
                  "file-says-so",
                  "The file says of itself that a generator made or changed it; this can be forged."));
      assertThat(verdict.votes().getFirst().why())
          .isEqualTo(
              "The file says so of itself; this can be forged. Makes manipulation 10 times more"
                  + " likely.");
      assertThat(vote(evidence(IMAGE, scored(IMAGE, "metadata", .65))).level())
          .isEqualTo(Level.UNCERTAIN);
    }

    @Test
    void areHighOnlyTogetherWithADetectorWhoseErrorsWereCounted() {
      assertThat(vote(evidence(IMAGE, claim, scored(IMAGE, "d", 1))).level())
          .isEqualTo(Level.UNCERTAIN);
      assertThat(vote(evidence(IMAGE, image("a", .75, STRONG))).level()).isEqualTo(Level.UNCERTAIN);
      Verdict both = vote(evidence(IMAGE, claim, image("a", .75, STRONG)));
      assertThat(both.level()).isEqualTo(Level.HIGH);
      assertThat(codes(both)).containsExactly("file-says-so");
    }

    @Test
    void areNotOutweighedByDetectorsThatFoundNothing() {
      Verdict verdict = vote(evidence(IMAGE, claim, image("a", 0, STRONG), image("b", 0, STRONG)));
      assertThat(verdict.level()).isEqualTo(Level.UNCERTAIN);
      assertThat(codes(verdict)).containsExactly("file-says-so", "detectors-disagree");
    }

    @Test
    void sayNothingBelowTheFirstThatThePolicyKnows() {
      Verdict verdict = vote(evidence(IMAGE, scored(IMAGE, "metadata", .3)));
      assertThat(verdict.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(verdict.votes().getFirst().vote()).isEqualTo(Side.NONE);
    }

    @Test
    void neverLetAStillBeSkipped() {
      LikelihoodPolicy p = (LikelihoodPolicy) policy;
      LikelihoodPolicy skipping =
          new LikelihoodPolicy(
              p.version(),
              p.notes(),
              true,
              p.prior(),
              p.boundConfidence(),
              p.probabilityFloor(),
              p.levels(),
              p.uncalibratedOdds(),
              p.dependence(),
              p.detectors());
      assertThat(skipping.skipsDetectors(pending(evidence(IMAGE, claim), "ufd"))).isFalse();
      assertThat(skipping.skipsDetectors(evidence(IMAGE, claim))).isFalse();
    }
  }

  @Nested
  class Low {
    @Test
    void takesAPosteriorOfFifteenPercent() {
      Verdict strong = vote(evidence(IMAGE, image("a", 0, STRONG)));
      assertThat(strong.level()).isEqualTo(Level.LOW);
      assertThat(strong.confidence()).isLessThan(.15);
      assertThat(strong.reasons())
          .containsExactly(
              new VerdictReason(
                  "nothing-found", "1 detector found nothing; it misses about 10 % of fakes."));

      Verdict weak = vote(evidence(IMAGE, image("a", 0, MISSES_A_THIRD)));
      assertThat(weak.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(weak.reasons())
          .containsExactly(
              new VerdictReason(
                  "nothing-found", "1 detector found nothing; it misses about 33 % of fakes."));
    }

    @Test
    void addsUpWhatSeveralDetectorsDidNotFind() {
      Verdict verdict =
          vote(
              evidence(
                  IMAGE,
                  image("a", 0, MISSES_A_THIRD),
                  image("b", 0, MISSES_A_THIRD),
                  image("c", 0, counts(1, 1000, 996, 1000))));
      assertThat(verdict.level()).isEqualTo(Level.LOW);
      assertThat(verdict.reasons())
          .extracting(VerdictReason::text)
          .containsExactly(
              "3 detectors found nothing; they miss less than 1 to 33 % of fakes each.");
    }

    @Test
    void takesADetectorOfGeneratedPicturesForEveryPicture() {
      Verdict verdict = vote(evidence(IMAGE, counted(IMAGE, FACES, "a", 0, STRONG)));
      assertThat(verdict.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(codes(verdict)).containsExactly("nothing-found", "image-not-cleared");
    }

    @Test
    void takesADetectorOfFalseFacesWhereThereAreFaces() {
      MediaEvidence clear = evidence(IMAGE, image("a", 0, STRONG));
      for (TrackReport seen :
          List.of(
              Fixtures.abstained(IMAGE, "f", Reason.FACE_TOO_SMALL),
              Fixtures.faces(IMAGE, "metadata", List.of(.9)),
              known(IMAGE, FACES, "f", .1, null))) {
        MediaEvidence portrait = Fixtures.plus(clear, seen);
        assertThat(vote(portrait).level()).isGreaterThan(Level.LOW);
        assertThat(codes(vote(Fixtures.plus(clear, known(IMAGE, FACES, "f", .1, null)))))
            .containsExactly("nothing-found", "faces-not-cleared");
      }
      MediaEvidence both = Fixtures.plus(clear, counted(IMAGE, FACES, "g", .1, MISSES_A_THIRD));
      assertThat(vote(both).level()).isEqualTo(Level.LOW);
      MediaEvidence without = Fixtures.plus(clear, Fixtures.abstained(IMAGE, "f", Reason.NO_FACE));
      assertThat(vote(without).level()).isEqualTo(Level.LOW);
    }

    @Test
    void takesAVoiceDetectorForSound() {
      Verdict other = vote(evidence(AUDIO, counted(AUDIO, SEMANTIC, "a", 0, STRONG)));
      assertThat(other.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(codes(other)).containsExactly("nothing-found", "voice-not-cleared");
      assertThat(vote(evidence(AUDIO, counted(AUDIO, VOICE, "a", 0, STRONG))).level())
          .isEqualTo(Level.LOW);
    }

    @Test
    void isNotHelpedByUncalibratedOrDoubtfulScores() {
      MediaEvidence weak = evidence(IMAGE, image("a", 0, MISSES_A_THIRD));
      Reliability doubtful =
          new Reliability(null, "v", .5, STRONG, Combination.SINGLE, 1, "Strongly compressed.");
      for (TrackReport more :
          List.of(scored(IMAGE, "b", 0), known(IMAGE, GENERATIVE, "b", 0, doubtful))) {
        Verdict verdict = vote(Fixtures.plus(weak, more));
        assertThat(verdict.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
        assertThat(verdict.confidence()).isEqualTo(vote(weak).confidence());
      }
    }
  }

  @Nested
  class Insufficient {
    @Test
    void saysThatNobodyCountedWhatIsMissed() {
      assertThat(vote(evidence(IMAGE, scored(IMAGE, "ufd", .1))).reasons())
          .extracting(VerdictReason::text)
          .containsExactly("Detectors found nothing; how much they miss was never counted.");
    }

    @Test
    void saysThatSignsAreTooWeak() {
      Verdict verdict = vote(evidence(IMAGE, image("a", .6, STRONG)));
      assertThat(verdict.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(codes(verdict)).containsExactly("weak-signs");
    }

    @Test
    void takesTwoIndependentPublishedNetworksToBecomeUncertain() {
      assertThat(vote(evidence(VIDEO, scored(VIDEO, "genconvit", 1))).level())
          .isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(
              vote(evidence(VIDEO, scored(VIDEO, "ftcn", 1), scored(VIDEO, "styleflow", 1)))
                  .level())
          .isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(
              vote(evidence(VIDEO, scored(VIDEO, "genconvit", 1), scored(VIDEO, "ufd", 1))).level())
          .isEqualTo(Level.UNCERTAIN);
    }

    @Test
    void isNotTheLevelOfDetectorsThatContradictEachOther() {
      Verdict verdict = vote(evidence(IMAGE, image("a", 1, STRONG), image("b", 0, MISSES_A_THIRD)));
      assertThat(verdict.level()).isEqualTo(Level.UNCERTAIN);
      assertThat(codes(verdict)).containsExactly("detectors-disagree");
    }

    @Test
    void isTheLevelWithoutScores() {
      Verdict verdict =
          vote(evidence(IMAGE, Fixtures.abstained(IMAGE, "ufd"), Fixtures.failed(IMAGE, "a")));
      assertThat(verdict.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(codes(verdict)).containsExactly("no-evidence");
      assertThat(verdict.votes())
          .extracting(Vote::why)
          .containsExactly(
              "Failed because the machine working on it was lost.",
              "Abstained because no trace of a generator was found.");
    }

    @Test
    void isTheLevelWhenCountsShowThatADetectorTellsNothing() {
      Verdict verdict = vote(evidence(IMAGE, image("a", 1, counts(30, 60, 30, 60))));
      assertThat(codes(verdict)).containsExactly("too-little-evidence");
      assertThat(verdict.votes().getFirst().why())
          .isEqualTo(
              "Its counted errors leave it nothing to say: 30 of 60 authentic media were called"
                  + " fake and 30 of 60 fakes found (all media).");
    }

    @Test
    void isTheLevelOfADetectorThatThePolicySilences() {
      Verdict verdict = vote(evidence(AUDIO, known(AUDIO, VOICE, "aasist", 1, null)));
      assertThat(verdict.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(codes(verdict)).containsExactly("too-little-evidence");
      Vote vote = verdict.votes().getFirst();
      assertThat(vote.weight()).isZero();
      assertThat(vote.score()).isEqualTo(1);
      assertThat(vote.vote()).isEqualTo(Side.NONE);
      assertThat(vote.likelihood().ratio()).isZero();
      assertThat(vote.why())
          .isEqualTo(
              "On speech from the wild it was measured near chance: its equal error rate was 43 %."
                  + " It has no weight until its errors are counted.");
    }

    @Test
    void isNotTheLevelOnceASilencedDetectorsErrorsAreCounted() {
      Verdict verdict = vote(evidence(AUDIO, counted(AUDIO, VOICE, "aasist", 1, STRONG)));
      assertThat(verdict.level()).isEqualTo(Level.HIGH);
      assertThat(verdict.votes().getFirst().weight()).isEqualTo(1);
    }

    @Test
    void isNotMadeUncertainByASilencedDetectorBesideAnother() {
      TrackReport weak = scored(AUDIO, "transcript", 1);
      assertThat(vote(evidence(AUDIO, weak, scored(AUDIO, "a", .6))).level())
          .isEqualTo(Level.UNCERTAIN);
      assertThat(vote(evidence(AUDIO, weak, scored(AUDIO, "aasist", 1))).level())
          .isEqualTo(Level.INSUFFICIENT_EVIDENCE);
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
          .isEqualTo("It errs together with b, which is more trusted and speaks for both.");
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

  @Nested
  class Tracks {
    private final TrackReport picture = counted(VIDEO, GENERATIVE, "a", 0, STRONG);

    private MediaEvidence video(TrackReport... sound) {
      MediaEvidence evidence = evidence(videoWithSound("v"), picture);
      for (TrackReport report : sound) {
        evidence = Fixtures.plus(evidence, report);
      }
      return evidence;
    }

    @Test
    void giveHighForAFalseVoiceOverATruePicture() {
      Verdict verdict = vote(video(counted(AUDIO, VOICE, "v", 1, STRONG)));
      assertThat(verdict.level()).isEqualTo(Level.HIGH);
      assertThat(codes(verdict)).containsExactly("sound-decides");
    }

    @Test
    void leaveTheLevelToThePictureWhenNobodyJudgedTheSound() {
      for (MediaEvidence evidence :
          List.of(video(), video(Fixtures.abstained(AUDIO, "v", Reason.NO_SPEECH)))) {
        assertThat(vote(evidence).level()).isEqualTo(Level.LOW);
        assertThat(codes(vote(evidence))).containsExactly("nothing-found", "sound-not-judged");
      }
    }

    @Test
    void areNotLowWhenSpeechWasHeardAndNobodyWithCountsJudgedTheVoice() {
      Verdict verdict = vote(video(known(AUDIO, SEMANTIC, "transcript", 0, null)));
      assertThat(verdict.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(codes(verdict)).containsExactly("nothing-found", "sound-decides");
    }

    @Test
    void areNotLowWhenThePictureCannotBeJudged() {
      Verdict verdict = vote(evidence(videoWithSound("v"), counted(AUDIO, VOICE, "v", 0, STRONG)));
      assertThat(verdict.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(codes(verdict)).containsExactly("picture-not-judged");
    }

    @Test
    void areLowWhenBothAreClear() {
      Verdict verdict = vote(video(counted(AUDIO, VOICE, "v", 0, counts(10, 1000, 960, 1000))));
      assertThat(verdict.level()).isEqualTo(Level.LOW);
      assertThat(verdict.reasons())
          .extracting(VerdictReason::text)
          .containsExactly("2 detectors found nothing; they miss about 4 to 10 % of fakes each.");
    }
  }

  @Nested
  class Previews {
    private Preview preview(MediaEvidence evidence) {
      return policy.preview(List.of(evidence));
    }

    @Test
    void areSettledWhenNothingIsPending() {
      MediaEvidence low = evidence(IMAGE, image("a", 0, STRONG));
      assertThat(preview(low).settled()).isTrue();
      assertThat(preview(pending(low, "unheard-of")).settled()).isFalse();
    }

    @Test
    void areSettledAsHighOnlyAgainstDetectorsThatCannotLowerIt() {
      MediaEvidence high = evidence(IMAGE, image("a", 1, STRONG));
      assertThat(preview(pending(high, "metadata")).settled()).isTrue();
      assertThat(preview(pending(high, "metadata", "ufd")).settled()).isFalse();
    }

    @Test
    void areSettledByPeople() {
      MediaEvidence known =
          Fixtures.annotated(
              evidence(IMAGE), new Annotations(GroundTruth.MANIPULATED, null, false));
      assertThat(preview(pending(known, "ufd")).settled()).isTrue();
      assertThat(preview(known).verdict().level()).isEqualTo(Level.HIGH);
      assertThat(codes(preview(known).verdict())).containsExactly("found-manipulated");
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
