package org.touchstone.provenance.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.provenance.credentials.Manifests.action;
import static org.touchstone.provenance.credentials.Manifests.manifest;
import static org.touchstone.provenance.credentials.Manifests.signer;
import static org.touchstone.provenance.credentials.Manifests.validation;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.c2pa.Validation.State;
import org.touchstone.c2pa.manifest.Action;
import org.touchstone.c2pa.manifest.Ingredient;
import org.touchstone.c2pa.manifest.ManifestReport;
import org.touchstone.c2pa.status.Code;
import org.touchstone.c2pa.status.Status;
import org.touchstone.domain.provenance.Problem;
import org.touchstone.domain.provenance.Step;
import org.touchstone.domain.provenance.Step.Kind;

class StoryTest {
  @Test
  void beginsWithTheOldestAndEndsWithTheLastSignature() {
    ManifestReport first =
        manifest("first", signer("official", null), action("c2pa.created", "digitalCapture"));
    ManifestReport last =
        manifest(
            "last",
            signer(null, null),
            List.of(new Ingredient("p", "first.jpg", null, Ingredient.PARENT, "first")),
            new Action(
                "c2pa.opened", null, null, null, "2026-05-02T10:00:00+02:00", true, List.of("p")),
            action("c2pa.edited", "trainedAlgorithmicMedia"),
            action("c2pa.cropped", null));

    List<Step> story = Story.of(List.of(last, first));

    assertThat(story)
        .extracting(Step::kind)
        .containsExactly(
            Kind.CAPTURED,
            Kind.SIGNED,
            Kind.OPENED,
            Kind.EDITED_WITH_AI,
            Kind.RESIZED,
            Kind.SIGNED);
    assertThat(story).extracting(Step::credential).containsExactly(1, 1, 0, 0, 0, 0);
    assertThat(story.get(2).with()).containsExactly("first.jpg");
    assertThat(story.get(2).at()).isEqualTo("2026-05-02T08:00:00Z");
    assertThat(story.get(5).at()).isEqualTo(Manifests.SIGNED);
  }

  @Test
  void namesWhatItDoesNotKnowAndIgnoresTimesThatAreNone() {
    Step step =
        Story.of(
                List.of(
                    manifest(
                        "a",
                        null,
                        new Action(
                            "com.acme.melted", null, "Acme", null, "soon", true, List.of()))))
            .getFirst();

    assertThat(step.kind()).isEqualTo(Kind.OTHER);
    assertThat(step.action()).isEqualTo("com.acme.melted");
    assertThat(step.at()).isNull();
  }

  @Test
  void isOfBoundedLength() {
    Action[] many =
        Stream.generate(() -> action("c2pa.edited", null)).limit(1_000).toArray(Action[]::new);

    assertThat(Story.of(List.of(manifest("a", signer(null, null), many)))).hasSize(200);
  }

  @ParameterizedTest
  @CsvSource({
    "ASSERTION_DATA_HASH_MISMATCH, CHANGED_AFTER_SIGNING",
    "ASSERTION_BMFF_HASH_MISMATCH, CHANGED_AFTER_SIGNING",
    "CLAIM_SIGNATURE_MISMATCH, DAMAGED_OR_FORGED",
    "ASSERTION_HASHED_URI_MISMATCH, DAMAGED_OR_FORGED",
    "SIGNING_CREDENTIAL_REVOKED, REVOKED",
    "SIGNING_CREDENTIAL_EXPIRED, EXPIRED",
    "SIGNING_CREDENTIAL_INVALID, WRONG_CERTIFICATE",
    "HARD_BINDINGS_MISSING, RULES_BROKEN"
  })
  void saysInOneWordWhyCredentialsDoNotHold(Code code, Problem problem) {
    Status status = new Status(code, "url", null);
    Status untrusted = new Status(Code.SIGNING_CREDENTIAL_UNTRUSTED, "url", null);

    assertThat(
            Problems.of(
                validation(
                    State.INVALID,
                    List.of(untrusted, status),
                    List.of(),
                    manifest("a", signer(null, null)))))
        .isEqualTo(problem);
    assertThat(
            Problems.of(
                validation(
                    State.INVALID,
                    List.of(untrusted),
                    List.of(status),
                    manifest("a", signer(null, null)))))
        .isEqualTo(Problem.INGREDIENT);
  }
}
