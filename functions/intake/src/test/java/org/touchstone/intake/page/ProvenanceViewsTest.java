package org.touchstone.intake.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Provenance.State;
import org.touchstone.domain.provenance.Credential;
import org.touchstone.domain.provenance.CredentialSignature;
import org.touchstone.domain.provenance.Label;
import org.touchstone.domain.provenance.Problem;
import org.touchstone.domain.provenance.Step;
import org.touchstone.domain.provenance.Voucher;

class ProvenanceViewsTest {
  private static final Instant SIGNED = Instant.parse("2026-05-01T10:00:00Z");

  private final ProvenanceViews views = new ProvenanceViews(Texts.in("en"));

  private static Provenance provenance(
      State state, Problem problem, Voucher voucher, List<Step> chain, List<Label> labels) {
    CredentialSignature signature =
        new CredentialSignature(
            problem == null,
            "Example News",
            null,
            null,
            null,
            null,
            null,
            null,
            SIGNED,
            null,
            true,
            Voucher.OFFICIAL,
            null,
            null,
            null);
    return new Provenance(
        state,
        null,
        null,
        null,
        List.of(),
        problem,
        voucher,
        null,
        chain,
        List.of(new Credential("m", null, null, List.of("Camera App"), signature, List.of())),
        null,
        labels,
        null,
        null,
        null);
  }

  private static Step step(Step.Kind kind, String tool, Instant at, boolean vouched) {
    return new Step(kind, 0, vouched, "c2pa.x", null, tool, null, at, List.of());
  }

  @Test
  void tellsTheStoryInTheOrderOfTheSteps() {
    Provenance found =
        provenance(
            State.VALID_TRUSTED,
            null,
            Voucher.OFFICIAL,
            List.of(
                step(Step.Kind.CAPTURED, "Phone", null, true),
                step(Step.Kind.OTHER, null, null, false),
                step(Step.Kind.SIGNED, null, SIGNED, true)),
            List.of());

    ResultView.ProvenanceBox box = views.of(found);

    assertThat(box.text()).endsWith("C2PA’s trust list vouches for the signer.");
    assertThat(box.chain())
        .containsExactly(
            "Taken by a camera or a microphone, with Phone",
            "Something else was done: c2pa.x, the signer passed this on from others",
            "Signed by Example News, with Camera App, " + Texts.in("en").time(SIGNED));
  }

  @Test
  void saysWhyCredentialsProveNothingAndThatThisSaysNothingOfTheMedium() {
    for (Problem problem : Problem.values()) {
      ResultView.ProvenanceBox box =
          views.of(provenance(State.INVALID, problem, null, List.of(), List.of()));

      assertThat(box.text())
          .startsWith(Texts.in("en").of("provenance.problem." + ResultTexts.code(problem)))
          .endsWith("This says nothing about what the file shows.");
    }
  }

  @Test
  void doesNotCallASignatureGenuineThatIsNot() {
    Provenance found =
        provenance(
            State.INVALID,
            Problem.DAMAGED_OR_FORGED,
            null,
            List.of(step(Step.Kind.SIGNED, null, null, true)),
            List.of());

    assertThat(views.of(found).chain())
        .singleElement()
        .asString()
        .startsWith("A signature that is not valid and names Example News");
  }

  @Test
  void saysOfALabelWhoCouldHaveWrittenIt() {
    Label label =
        new Label("tc260", Label.Meaning.GENERATED, null, "exif", "1", Label.Forgeability.ANYBODY);

    assertThat(views.of(provenance(State.ABSENT, null, null, List.of(), List.of(label))).labels())
        .containsExactly("An AI generator made it (in the file; anybody can write this)");
  }
}
