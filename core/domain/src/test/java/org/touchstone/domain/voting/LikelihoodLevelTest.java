package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;
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
import static org.touchstone.domain.voting.Fixtures.reliability;
import static org.touchstone.domain.voting.Fixtures.scored;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.DetectorReport;
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

/** What evidence gives which level under the rule {@code log-likelihood}. */
class LikelihoodLevelTest {
  /** 1 % false alarms of 1,000, 10 % of 1,000 fakes missed: enough for each level alone. */
  private static final Counts STRONG = counts(10, 1000, 900, 1000);

  /** 1 % false alarms of 600, a third of the fakes missed: never low alone. */
  private static final Counts MISSES_A_THIRD = counts(6, 600, 400, 600);

  private final VotingPolicy policy = VotingPolicy.bundled();

  private Verdict vote(MediaEvidence... media) {
    return policy.vote(List.of(media));
  }

  private static TrackReport image(String detector, double score, Counts counts) {
    return counted(IMAGE, GENERATIVE, detector, score, counts);
  }

  private static List<String> codes(Verdict verdict) {
    return verdict.reasons().stream().map(VerdictReason::code).toList();
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
              new TrackReport(
                  IMAGE, DetectorReport.abstained("f", "1", FACES, Reason.TOO_DARK, null)),
              new TrackReport(
                  IMAGE, DetectorReport.abstained("f", "1", FACES, Reason.TOO_SHORT, null)),
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
    void isNotOpenedByAScoreThatAnotherOneSpeaksFor() {
      TrackReport faces = counted(IMAGE, FACES, "f", 0, STRONG);
      TrackReport says = known(IMAGE, GENERATIVE, "a", .55, reliability("x", STRONG));
      for (TrackReport silent :
          List.of(
              known(IMAGE, GENERATIVE, "a", .01, reliability("x", STRONG)),
              known(IMAGE, GENERATIVE, "b", .01, reliability("x", MISSES_A_THIRD)))) {
        Verdict verdict = vote(evidence(IMAGE, faces, says, silent));
        assertThat(verdict.confidence()).isLessThan(.15);
        assertThat(verdict.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
        assertThat(codes(verdict)).contains("image-not-cleared");
      }
      TrackReport other = known(IMAGE, FACES, "f", 0, reliability("x", STRONG));
      TrackReport image = known(IMAGE, GENERATIVE, "a", 0, reliability("x", MISSES_A_THIRD));
      assertThat(vote(evidence(IMAGE, other, image)).level()).isEqualTo(Level.LOW);
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
      TrackReport weak = scored(AUDIO, "ufd", 1);
      assertThat(vote(evidence(AUDIO, weak, scored(AUDIO, "a", .6))).level())
          .isEqualTo(Level.UNCERTAIN);
      assertThat(vote(evidence(AUDIO, weak, scored(AUDIO, "aasist", 1))).level())
          .isEqualTo(Level.INSUFFICIENT_EVIDENCE);
    }
  }
}
