package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.domain.voting.Fixtures.counted;
import static org.touchstone.domain.voting.Fixtures.evidence;
import static org.touchstone.domain.voting.Fixtures.plus;
import static org.touchstone.domain.voting.Fixtures.provenance;
import static org.touchstone.domain.voting.Fixtures.signed;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Provenance.State;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.VerdictReason;
import org.touchstone.domain.provenance.Signal;
import org.touchstone.domain.provenance.Statement;
import org.touchstone.domain.provenance.Voucher;

class ProvenanceRuleTest {
  private static final VotingPolicy POLICY = VotingPolicy.bundled();
  private static final TrackReport FOUND_NOTHING =
      counted(Modality.IMAGE, Category.GENERATIVE, "a", 0, Fixtures.counts(10, 1000, 900, 1000));
  private static final TrackReport SURE =
      counted(Modality.IMAGE, Category.GENERATIVE, "a", 1, Fixtures.counts(10, 1000, 900, 1000));

  @Test
  void aGeneratorsOwnSignatureIsStrongEvidenceWhateverDetectorsSay() {
    Verdict verdict =
        vote(plus(still(say(Signal.FULLY_GENERATED, Voucher.OFFICIAL)), FOUND_NOTHING));

    assertThat(verdict.level()).isEqualTo(Level.HIGH);
    assertThat(verdict.confidence()).isNull();
    assertThat(verdict.reasons())
        .extracting(VerdictReason::code)
        .containsExactly("signed-as-generated");
  }

  @Test
  void itIsAddedToNoSum() {
    MediaEvidence still = plus(still(say(Signal.FULLY_GENERATED, Voucher.OFFICIAL)), SURE);

    assertThat(vote(still).confidence())
        .isEqualTo(vote(plus(evidence(Modality.IMAGE), SURE)).confidence());
    assertThat(vote(still).votes()).isEqualTo(vote(plus(evidence(Modality.IMAGE), SURE)).votes());
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void whatNobodyVouchesForChangesNothing(Signal signal) {
    MediaEvidence without = plus(evidence(Modality.IMAGE), FOUND_NOTHING);

    assertThat(vote(without.with(signed(new Statement(signal, Voucher.NOBODY, 0)))))
        .isEqualTo(vote(without));
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"INVALID", "PRESENT_UNVERIFIED", "REMOTE", "ABSENT"})
  void whatIsNotSoundChangesNothing(State state) {
    MediaEvidence without = plus(evidence(Modality.IMAGE), FOUND_NOTHING);
    Statement statement = new Statement(Signal.FULLY_GENERATED, Voucher.OFFICIAL, 0);

    assertThat(vote(without.with(provenance(state, statement)))).isEqualTo(vote(without));
  }

  @Test
  void aPartOrAnEditByAGeneratorIsUncertainAtLeast() {
    for (Signal signal : List.of(Signal.PARTLY_GENERATED, Signal.EDITED_WITH_AI)) {
      MediaEvidence still = still(say(signal, Voucher.KNOWN_GENERATORS));

      assertThat(vote(plus(still, FOUND_NOTHING)).level()).isEqualTo(Level.UNCERTAIN);
      assertThat(vote(plus(still, SURE)).level()).isEqualTo(Level.HIGH);
    }
  }

  @Test
  void aSignedCaptureIsTrustedUnlessDetectorsAreSure() {
    MediaEvidence still = still(say(Signal.CAPTURED, Voucher.OFFICIAL));

    assertThat(vote(still).level()).isEqualTo(Level.TRUSTED);
    assertThat(vote(plus(still, FOUND_NOTHING)).level()).isEqualTo(Level.TRUSTED);
    Verdict doubted = vote(plus(still, SURE));
    assertThat(doubted.level()).isEqualTo(Level.UNCERTAIN);
    assertThat(doubted.reasons())
        .extracting(VerdictReason::code)
        .containsExactly("signed-capture-doubted");
  }

  @ParameterizedTest
  @EnumSource(
      value = Signal.class,
      names = {
        "EDITED",
        "EDITED_WITH_AI",
        "EDITED_PERHAPS_WITH_AI",
        "AMBIGUOUS",
        "PARTLY_GENERATED",
        "UNKNOWN_ORIGIN"
      })
  void anythingThatMayHaveChangedItUndoesTheTrust(Signal later) {
    Provenance both =
        signed(
            new Statement(Signal.CAPTURED, Voucher.OFFICIAL, 0),
            new Statement(later, Voucher.NOBODY, 0));

    assertThat(vote(evidence(Modality.IMAGE).with(both)).level()).isNotEqualTo(Level.TRUSTED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Voucher.class,
      names = {"INTERIM", "KNOWN_GENERATORS", "NOBODY"})
  void aCaptureIsTrustedOnlyByTheOfficialListOrOnesOwn(Voucher voucher) {
    assertThat(vote(still(say(Signal.CAPTURED, voucher))).level()).isNotEqualTo(Level.TRUSTED);
  }

  @Test
  void peopleKnowBetter() {
    MediaEvidence still = still(say(Signal.FULLY_GENERATED, Voucher.OFFICIAL));
    MediaEvidence known =
        Fixtures.annotated(still, new Annotations(GroundTruth.AUTHENTIC, null, false));

    assertThat(vote(known).level()).isEqualTo(Level.LOW);
  }

  @Test
  void nothingIsWaitedForOnceItIsSignedAsGenerated() {
    MediaEvidence still = still(say(Signal.FULLY_GENERATED, Voucher.OFFICIAL));

    assertThat(POLICY.preview(List.of(Fixtures.pending(still, "ufd"))).settled()).isTrue();
    assertThat(
            POLICY
                .preview(
                    List.of(Fixtures.pending(still(say(Signal.CAPTURED, Voucher.OFFICIAL)), "ufd")))
                .settled())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pooled-2", "pooled-1", "votes-1"})
  void earlierPoliciesJudgeAsTheyDid(String version) {
    VotingPolicy policy = VotingPolicy.bundled(version).orElseThrow();
    MediaEvidence without = plus(evidence(Modality.IMAGE), FOUND_NOTHING);

    assertThat(policy.vote(List.of(without.with(say(Signal.FULLY_GENERATED, Voucher.OFFICIAL)))))
        .isEqualTo(policy.vote(List.of(without)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pooled-3", "pooled-2", "pooled-1", "votes-1"})
  void whatAFileSaysOfItselfIsHighUnderNoPolicy(String version) {
    VotingPolicy policy = VotingPolicy.bundled(version).orElseThrow();
    TrackReport claim = Fixtures.scored(Modality.IMAGE, "metadata", 0.75);

    assertThat(policy.vote(List.of(evidence(Modality.IMAGE, claim))).level())
        .isNotEqualTo(Level.HIGH);
  }

  private static Provenance say(Signal signal, Voucher voucher) {
    return signed(new Statement(signal, voucher, 0));
  }

  private static MediaEvidence still(Provenance provenance) {
    return evidence(Modality.IMAGE).with(provenance);
  }

  private static Verdict vote(MediaEvidence evidence) {
    return POLICY.vote(List.of(evidence));
  }
}
