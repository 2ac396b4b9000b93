package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.touchstone.domain.Modality.AUDIO;
import static org.touchstone.domain.Modality.IMAGE;
import static org.touchstone.domain.Modality.VIDEO;
import static org.touchstone.domain.voting.Fixtures.abstained;
import static org.touchstone.domain.voting.Fixtures.annotated;
import static org.touchstone.domain.voting.Fixtures.evidence;
import static org.touchstone.domain.voting.Fixtures.faces;
import static org.touchstone.domain.voting.Fixtures.failed;
import static org.touchstone.domain.voting.Fixtures.pending;
import static org.touchstone.domain.voting.Fixtures.regions;
import static org.touchstone.domain.voting.Fixtures.scored;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Evidence.Region;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.Side;
import org.touchstone.domain.Verdict.VerdictReason;
import org.touchstone.domain.Verdict.Vote;

class VotesRuleTest {
  private final VotingPolicy original = Fixtures.original();

  private Level level(MediaEvidence evidence) {
    return original.vote(List.of(evidence)).level();
  }

  private List<String> reasons(MediaEvidence evidence) {
    return original.vote(List.of(evidence)).reasons().stream().map(VerdictReason::code).toList();
  }

  @Nested
  class Counting {
    @ParameterizedTest
    @CsvSource({"0.49, LOW", "0.5, UNCERTAIN", "0.51, UNCERTAIN"})
    void countsScoreFromTheThresholdOn(double score, Level expected) {
      assertThat(level(evidence(IMAGE, scored(IMAGE, "ufd", score)))).isEqualTo(expected);
    }

    @Test
    void countsTwoIncludedDetectorsAsHigh() {
      assertThat(
              level(
                  evidence(
                      VIDEO, scored(VIDEO, "genconvit", .5), scored(VIDEO, "sensity-video", .5))))
          .isEqualTo(Level.HIGH);
    }

    @Test
    void givesTrustedDetectorTwoVotes() {
      assertThat(level(evidence(AUDIO, scored(AUDIO, "hive-audio", .9)))).isEqualTo(Level.HIGH);
    }

    @Test
    void usesTrackPolicyForSoundOfVideo() {
      assertThat(level(evidence(VIDEO, scored(AUDIO, "hive-audio", .9))))
          .isEqualTo(Level.UNCERTAIN);
    }

    @Test
    void addsVotesOfBothTracksOfVideo() {
      assertThat(
              level(evidence(VIDEO, scored(VIDEO, "genconvit", .9), scored(AUDIO, "dftotal", .9))))
          .isEqualTo(Level.HIGH);
    }

    @Test
    void countsRepeatedReportOnceAtItsHighestScore() {
      MediaEvidence twice = evidence(IMAGE, scored(IMAGE, "ufd", .1), scored(IMAGE, "ufd", .9));
      assertThat(level(twice)).isEqualTo(Level.UNCERTAIN);
      assertThat(original.vote(List.of(twice)).votes())
          .extracting(Vote::score, Vote::weight)
          .containsExactly(tuple(.9, 1.0), tuple(.1, 0.0));
    }

    @ParameterizedTest
    @CsvSource({
      "include, include, UNCERTAIN, noise-only",
      "trust,   ignore,  UNCERTAIN, noise-only",
      "trust,   include, HIGH,      ",
    })
    void doesNotLetNoiseAloneGiveHighAtTwoVotes(
        String pine, String dire, Level expected, String reason) {
      String json =
          new String(Fixtures.resource("original.json"), StandardCharsets.UTF_8)
              .replace("\"rd-pine-img\": { \"policy\": \"ignore\"", entry("rd-pine-img", pine))
              .replace("\"dire\": { \"policy\": \"ignore\"", entry("dire", dire));
      VotingPolicy noisy = VotingPolicy.read(json.getBytes(StandardCharsets.UTF_8));

      Verdict verdict =
          noisy.vote(
              List.of(
                  evidence(IMAGE, scored(IMAGE, "rd-pine-img", .9), scored(IMAGE, "dire", .9))));

      assertThat(verdict.level()).isEqualTo(expected);
      assertThat(verdict.reasons())
          .extracting(VerdictReason::code)
          .isEqualTo(reason == null ? List.of() : List.of(reason));
    }

    private static String entry(String name, String policy) {
      return "\"" + name + "\": { \"policy\": \"" + policy + "\"";
    }
  }

  @Nested
  class Abstention {
    @Test
    void isInsufficientEvidenceWhenNoApplicableDetectorGaveScore() {
      MediaEvidence none =
          evidence(
              IMAGE,
              abstained(IMAGE, "ufd"),
              failed(IMAGE, "sensity-image"),
              scored(IMAGE, "aion-image", .99),
              scored(IMAGE, "unheard-of", .99));
      assertThat(level(none)).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(reasons(none)).containsExactly("no-evidence");
    }

    @Test
    void keepsReasonsForDoubtBesideMissingEvidence() {
      MediaEvidence faceless =
          evidence(VIDEO, abstained(VIDEO, "genconvit"), faces(VIDEO, "genconvit-faces", 0));
      assertThat(level(faceless)).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(reasons(faceless)).containsExactly("no-evidence", "faces-too-few");
    }

    @Test
    void isInsufficientEvidenceWithoutMedia() {
      Verdict verdict = original.vote(List.of());
      assertThat(verdict.level()).isEqualTo(Level.INSUFFICIENT_EVIDENCE);
      assertThat(verdict.reasons()).extracting(VerdictReason::code).containsExactly("no-media");
    }

    @Test
    void letsPeoplesFindingStandWithoutAnyDetector() {
      MediaEvidence found =
          annotated(
              evidence(IMAGE),
              new Annotations(GroundTruth.MANIPULATED, GroundTruth.UNKNOWN, false));
      assertThat(level(found)).isEqualTo(Level.HIGH);
      assertThat(reasons(found)).containsExactly("found-manipulated");
    }
  }

  @Nested
  class Doubt {
    @Test
    void turnsTwoVotesUncertainButNotThree() {
      MediaEvidence two =
          evidence(
              VIDEO,
              scored(VIDEO, "genconvit", .9),
              scored(VIDEO, "sensity-video", .9),
              faces(VIDEO, "genconvit-faces", 0));
      assertThat(level(two)).isEqualTo(Level.UNCERTAIN);
      MediaEvidence three = Fixtures.plus(two, scored(AUDIO, "hive-audio", .9));
      assertThat(level(three)).isEqualTo(Level.HIGH);
      assertThat(reasons(three)).isEmpty();
    }

    @Test
    void turnsCleanImageUncertainToo() {
      MediaEvidence drawing =
          evidence(IMAGE, scored(IMAGE, "ufd", .01), scored(IMAGE, "openai-artwork", 1));
      assertThat(level(drawing)).isEqualTo(Level.UNCERTAIN);
      assertThat(reasons(drawing)).containsExactly("artwork");
    }

    @Test
    void needsScoreOfExactlyOneForArtworkAndText() {
      assertThat(
              reasons(
                  evidence(
                      IMAGE,
                      scored(IMAGE, "ufd", .9),
                      scored(IMAGE, "openai-artwork", .999),
                      scored(IMAGE, "openai-text", .999))))
          .isEmpty();
    }

    @Test
    void doesNotMatterWhenSoundOfVideoAloneIsEnough() {
      MediaEvidence falseVoice =
          evidence(
              VIDEO,
              scored(AUDIO, "hive-audio", .9),
              scored(AUDIO, "dftotal", .9),
              faces(VIDEO, "genconvit-faces", 0));
      assertThat(level(falseVoice)).isEqualTo(Level.HIGH);
      assertThat(reasons(falseVoice)).isEmpty();
    }

    @Test
    void countsOnlyFacesOfEnoughConfidence() {
      assertThat(
              reasons(
                  evidence(
                      IMAGE, scored(IMAGE, "ufd", .9), faces(IMAGE, "faces", List.of(.49, .2)))))
          .containsExactly("faces-too-few");
      assertThat(
              reasons(
                  evidence(IMAGE, scored(IMAGE, "ufd", .9), faces(IMAGE, "faces", List.of(.5)))))
          .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.9, face, 0", "0.9, , 0", ", face, 0", "0.9, hat, 1"})
    void takesUnlabelledRegionForFaceAndUnscoredOneForCertain(
        Double score, String label, int reasons) {
      Region region = new Region(0, 0, 9, 9, null, score, label);
      assertThat(
              reasons(
                  evidence(
                      IMAGE, scored(IMAGE, "ufd", .9), regions(IMAGE, "faces", List.of(region)))))
          .hasSize(reasons);
    }

    @Test
    void mattersForSoundThatIsNoVideo() {
      assertThat(
              reasons(
                  evidence(
                      AUDIO, scored(AUDIO, "hive-audio", .9), scored(AUDIO, "openai-text", 1))))
          .containsExactly("text");
    }

    @Test
    void readsFacesOfVotingDetectorFromItsEvidence() {
      VotingPolicy bundled = Fixtures.votes();
      MediaEvidence found = evidence(VIDEO, faces(VIDEO, "genconvit", 1));
      MediaEvidence none = evidence(VIDEO, abstained(VIDEO, "genconvit", Reason.NO_FACE));
      MediaEvidence unrecorded = evidence(VIDEO, scored(VIDEO, "genconvit", .9));
      MediaEvidence cannotSay = evidence(VIDEO, abstained(VIDEO, "genconvit", Reason.TIMEOUT));
      assertThat(bundled.vote(List.of(found)).reasons()).isEmpty();
      assertThat(bundled.vote(List.of(unrecorded)).reasons()).isEmpty();
      assertThat(bundled.vote(List.of(none)).reasons())
          .extracting(VerdictReason::code)
          .containsExactly("no-evidence", "faces-too-few");
      assertThat(bundled.vote(List.of(cannotSay)).reasons())
          .extracting(VerdictReason::code)
          .containsExactly("no-evidence");
    }
  }

  @Nested
  class Pending {
    /** The level, once it is settled. */
    private Optional<Level> settled(MediaEvidence... evidence) {
      Preview preview = original.preview(List.of(evidence));
      assertThat(preview.verdict()).isEqualTo(original.vote(List.of(evidence)));
      return preview.settled() ? Optional.of(preview.verdict().level()) : Optional.empty();
    }

    @Test
    void settlesNothingWithoutAnyResult() {
      assertThat(settled(pending(evidence(IMAGE), "ufd"))).isEmpty();
      assertThat(settled(pending(evidence(IMAGE, faces(IMAGE, "faces", 0)), "ufd"))).isEmpty();
    }

    @Test
    void isSettledOnceRelevanceIs() {
      MediaEvidence low = evidence(IMAGE, scored(IMAGE, "ufd", .1));
      assertThat(settled(pending(low, "sensity-image", "faces"))).isEmpty();
      assertThat(settled(pending(low, "sensity-image"))).contains(Level.LOW);
      MediaEvidence doubtful = Fixtures.plus(low, scored(IMAGE, "openai-text", 1));
      assertThat(settled(pending(doubtful, "sensity-image", "faces"))).contains(Level.UNCERTAIN);
    }

    @Test
    void isSettledOnTwoVotes() {
      MediaEvidence two =
          evidence(AUDIO, scored(AUDIO, "dftotal", .9), scored(AUDIO, "transcript", 1));
      assertThat(settled(pending(two, "hive-audio", "faces", "ufd", "genconvit")))
          .contains(Level.HIGH);
    }

    @Test
    void isSettledOnOneVoteWhenFewVotersArePending() {
      MediaEvidence one = evidence(IMAGE, scored(IMAGE, "ufd", .9));
      assertThat(settled(pending(one, "faces", "sensity-image", "dftotal", "transcript")))
          .isEmpty();
      assertThat(settled(pending(one, "faces", "sensity-image", "dftotal")))
          .contains(Level.UNCERTAIN);
    }

    @Test
    void isSettledAtOnceWhenPeopleKnow() {
      MediaEvidence known =
          annotated(evidence(IMAGE, abstained(IMAGE, "ufd")), new Annotations(null, null, true));
      assertThat(settled(pending(known, "faces", "sensity-image"))).contains(Level.TRUSTED);
      MediaEvidence nothingYet = annotated(evidence(IMAGE), new Annotations(null, null, true));
      assertThat(settled(pending(nothingYet, "sensity-image"))).isEmpty();
    }

    @Test
    void neverSettlesInsufficientEvidenceEarly() {
      assertThat(settled(pending(evidence(IMAGE, abstained(IMAGE, "ufd")), "sensity-image")))
          .isEmpty();
    }

    @Test
    void isNotHeldUpByDetectorsThatCannotCount() {
      MediaEvidence low = evidence(IMAGE, scored(IMAGE, "ufd", .1));
      assertThat(settled(pending(low, "aion-image", "unheard-of"))).contains(Level.LOW);
    }

    @Test
    void waitsForAllMediaUnlessOneIsHigh() {
      MediaEvidence low = evidence(Fixtures.item("a", IMAGE), scored(IMAGE, "ufd", .1));
      MediaEvidence waiting = pending(evidence(Fixtures.item("b", IMAGE)), "ufd");
      MediaEvidence high = evidence(Fixtures.item("c", AUDIO), scored(AUDIO, "hive-audio", .9));
      assertThat(settled(low, waiting)).isEmpty();
      assertThat(settled(low, waiting, high)).contains(Level.HIGH);
      assertThat(settled()).isEmpty();
    }

    @Test
    void isTakenAsAbsentByTheFinalVote() {
      MediaEvidence low = evidence(IMAGE, scored(IMAGE, "ufd", .1));
      assertThat(level(pending(low, "faces", "sensity-image"))).isEqualTo(Level.LOW);
    }
  }

  @Test
  void listsEveryDetectorWithItsReason() {
    Verdict verdict =
        original.vote(
            List.of(
                evidence(
                    IMAGE,
                    scored(IMAGE, "ufd", .9),
                    scored(IMAGE, "sensity-image", .3),
                    abstained(IMAGE, "rd-elm-img", Reason.NO_FACE),
                    failed(IMAGE, "rd-oak-img"),
                    scored(IMAGE, "aion-image", .9),
                    scored(IMAGE, "unheard-of", .9),
                    scored(IMAGE, "openai-text", 0))));
    assertThat(verdict.policyVersion()).isEqualTo("original");
    assertThat(verdict.votes())
        .extracting(v -> v.detector() + ": " + v.weight() + " " + v.vote() + ". " + v.why())
        .containsExactly(
            "aion-image: 0.0 NONE. This policy does not count it.",
            "openai-text: 0.0 NONE. It only says whether the medium can be judged; it has no vote.",
            "rd-elm-img: 0.0 NONE. Abstained because no face was found.",
            "rd-oak-img: 0.0 NONE. Failed because the machine working on it was lost.",
            "sensity-image: 0.0 NONE. Its score is below its threshold, 0.50.",
            "ufd: 1.0 MANIPULATED. Its score reaches its threshold, 0.50.",
            "unheard-of: 0.0 NONE. This policy does not count it.");
    assertThat(original.vote(List.of(evidence(IMAGE, scored(IMAGE, "ufd", .33)))).votes())
        .extracting(Vote::vote, Vote::why)
        .containsExactly(
            tuple(Side.AUTHENTIC, "Its score does not exceed 0.33, so it has no vote."));
  }
}
