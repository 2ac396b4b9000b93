package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;
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
import static org.touchstone.domain.voting.Fixtures.scored;
import static org.touchstone.domain.voting.Fixtures.videoWithSound;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Passage;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.domain.Reliability.Counts;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.Side;
import org.touchstone.domain.Verdict.VerdictReason;

/** Claims, tracks and previews under the rule {@code log-likelihood}. */
class LikelihoodRuleTest {
  /** 1 % false alarms of 1,000, 10 % of 1,000 fakes missed: enough for each level alone. */
  private static final Counts STRONG = counts(10, 1000, 900, 1000);

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

  @Test
  void aHighPartOfASoundMeansUncertainAtMost() {
    Reliability known =
        new Reliability("voices", null, null, null, Combination.MEAN, 3, null, .9)
            .withDoubt("Only a part of the sound is high, from 12.0 to 24.0 s.");
    Verdict verdict = vote(evidence(AUDIO, known(AUDIO, VOICE, "voice", .99, known)));

    assertThat(verdict.level()).isEqualTo(Level.UNCERTAIN);
    assertThat(verdict.votes().getFirst().why())
        .contains("Only a part of the sound is high, from 12.0 to 24.0 s.");
    // Not even where the errors of whole sounds were counted.
    Reliability counted =
        new Reliability("voices", "1", .5, STRONG, Combination.MEAN, 3, null, .9)
            .withDoubt("Only a part of the sound is high, from 12.0 to 24.0 s.");
    assertThat(vote(evidence(AUDIO, known(AUDIO, VOICE, "voice", .99, counted))).level())
        .isEqualTo(Level.UNCERTAIN);
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
              p.detectors(),
              p.provenance());
      assertThat(skipping.skipsDetectors(pending(evidence(IMAGE, claim), "ufd"))).isFalse();
      assertThat(skipping.skipsDetectors(evidence(IMAGE, claim))).isFalse();
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
    void areNotLowWhenOnlyATranscriptTellsOfSpeech() {
      DetectorReport silent =
          DetectorReport.abstained("transcript", "1", SEMANTIC, Reason.NOT_CONFIGURED, null);
      Evidence.Speech said =
          new Evidence.Speech("en", "whisper 1", List.of(new Passage(0, 2, "Vote now.", false)));
      for (DetectorReport report :
          List.of(
              silent.withEvidence(Evidence.NONE.withSpeech(said)),
              DetectorReport.abstained("transcript", "1", SEMANTIC, Reason.UNCLEAR_SPEECH, null),
              DetectorReport.abstained("transcript", "1", SEMANTIC, Reason.TOO_SHORT, null))) {
        Verdict verdict = vote(video(new TrackReport(AUDIO, report)));
        assertThat(verdict.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
        assertThat(codes(verdict)).containsExactly("sound-not-judged", "sound-decides");
      }
      assertThat(vote(video(new TrackReport(AUDIO, silent))).level()).isEqualTo(Level.LOW);
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
}
