package org.touchstone.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Provenance.State;
import org.touchstone.domain.provenance.Credential;
import org.touchstone.domain.provenance.CredentialSignature;
import org.touchstone.domain.provenance.Label;
import org.touchstone.domain.provenance.Label.Forgeability;
import org.touchstone.domain.provenance.Label.Meaning;
import org.touchstone.domain.provenance.Problem;
import org.touchstone.domain.provenance.Step;
import org.touchstone.domain.provenance.Step.Kind;
import org.touchstone.domain.provenance.Versions;
import org.touchstone.domain.provenance.Voucher;

class ProvenanceTextTest {
  private static final Instant DAY = Instant.parse("2026-05-01T10:00:00Z");

  @Test
  void tellsTheStoryInWords() {
    Provenance provenance = signed(State.VALID_TRUSTED, null, Voucher.OFFICIAL, true);

    assertThat(ProvenanceText.summary(provenance))
        .isEqualTo("Its content credentials are sound. C2PA's trust list vouches for the signer.");
    assertThat(ProvenanceText.story(provenance))
        .containsExactly(
            "taken by a camera or a microphone, with Camera\u0020[2J, on 2026-05-01",
            "signed by Maker (certificate by Authority) on 2026-05-01, with Software 1",
            "label in png:AIGC: a generator made it; anybody can write this");
    assertThat(ProvenanceText.judgedBy(provenance))
        .isEqualTo("judged on 2026-05-01 by the lists of version 20260805.ab");
  }

  @Test
  void saysThatASignatureDoesNotHold() {
    assertThat(
            ProvenanceText.story(
                signed(State.INVALID, Problem.DAMAGED_OR_FORGED, Voucher.NOBODY, false)))
        .anyMatch(line -> line.startsWith("a signature that does not hold; it names Maker"));
  }

  @ParameterizedTest
  @EnumSource(Problem.class)
  void saysOfEveryProblemThatItSaysNothingAboutTheMedium(Problem problem) {
    assertThat(ProvenanceText.summary(signed(State.INVALID, problem, Voucher.NOBODY, true)))
        .endsWith("That says nothing about what the medium shows.")
        .doesNotContainIgnoringCase("tampered");
  }

  @ParameterizedTest
  @EnumSource(Voucher.class)
  void namesTheListThatVouches(Voucher voucher) {
    assertThat(ProvenanceText.summary(signed(State.VALID_UNTRUSTED, null, voucher, true)))
        .contains("vouches");
  }

  @Test
  void saysWhereCredentialsAreKept() {
    assertThat(ProvenanceText.summary(Provenance.remote("credentials.example")))
        .isEqualTo("kept at credentials.example, which was not asked");
    assertThat(ProvenanceText.summary(Provenance.ABSENT))
        .isEqualTo("none (its absence says nothing)");
    assertThat(ProvenanceText.judgedBy(Provenance.ABSENT)).isNull();
  }

  private static Provenance signed(State state, Problem problem, Voucher voucher, boolean genuine) {
    CredentialSignature signature =
        new CredentialSignature(
            genuine,
            "Maker",
            "Authority",
            "a",
            "ab",
            DAY,
            DAY,
            "ES256",
            DAY,
            "Clock",
            true,
            voucher,
            null,
            null,
            null);
    return new Provenance(
        state,
        "Maker",
        "Software 1",
        "digitalCapture",
        null,
        problem,
        voucher,
        null,
        List.of(
            new Step(
                Kind.CAPTURED,
                0,
                true,
                "c2pa.created",
                "digitalCapture",
                "Camera\u001b[2J",
                null,
                DAY,
                null),
            new Step(Kind.SIGNED, 0, true, null, null, null, null, DAY, null)),
        List.of(new Credential("m", null, null, List.of("Software 1"), signature, null)),
        null,
        List.of(
            new Label(
                "tc260-generated", Meaning.GENERATED, null, "png:AIGC", "x", Forgeability.ANYBODY)),
        null,
        DAY,
        new Versions("c2pa-1", "20260805.ab", "1"));
  }
}
