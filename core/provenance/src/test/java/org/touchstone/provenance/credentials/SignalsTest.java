package org.touchstone.provenance.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.provenance.credentials.Manifests.action;
import static org.touchstone.provenance.credentials.Manifests.described;
import static org.touchstone.provenance.credentials.Manifests.manifest;
import static org.touchstone.provenance.credentials.Manifests.signer;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.c2pa.manifest.Ingredient;
import org.touchstone.c2pa.manifest.ManifestReport;
import org.touchstone.domain.provenance.Signal;
import org.touchstone.domain.provenance.Statement;
import org.touchstone.domain.provenance.Voucher;
import org.touchstone.provenance.trust.TrustLists;

class SignalsTest {
  /** A product of the bundled list that may vouch for captures: Google's camera. */
  private static final String CAMERA = "0197aa34-665b-7811-9bbc-317cfd988d0a";

  private static final TrustLists LISTS = TrustLists.bundled();

  @ParameterizedTest
  @CsvSource({
    "digitalCapture, CAPTURED",
    "computationalCapture, CAPTURED",
    "compositeCapture, CAPTURED_STITCHED",
    "trainedAlgorithmicMedia, FULLY_GENERATED",
    "compositeWithTrainedAlgorithmicMedia, PARTLY_GENERATED",
    "screenCapture, SCREEN",
    "composite, COMPOSED",
    "digitalCreation, DRAWN",
    "empty, BLANK"
  })
  void readsHowAMediumBegan(String type, Signal signal) {
    assertThat(signals(manifest("a", signer("official", CAMERA), action("c2pa.created", type))))
        .extracting(Statement::signal)
        .containsExactly(signal);
  }

  @Test
  void saysWhoVouches() {
    assertThat(vouched("official")).isEqualTo(Voucher.OFFICIAL);
    assertThat(vouched("interim")).isEqualTo(Voucher.INTERIM);
    assertThat(vouched("known-generators:runway")).isEqualTo(Voucher.KNOWN_GENERATORS);
    assertThat(vouched(null)).isEqualTo(Voucher.NOBODY);
  }

  private static Voucher vouched(String list) {
    return signals(
            manifest("a", signer(list, null), action("c2pa.created", "trainedAlgorithmicMedia")))
        .getFirst()
        .vouchedBy();
  }

  @Test
  void aMakerOfGeneratorsVouchesForNoCapture() {
    assertThat(
            signals(
                    manifest(
                        "a",
                        signer("known-generators:runway", null),
                        action("c2pa.created", "digitalCapture")))
                .getFirst()
                .vouchedBy())
        .isEqualTo(Voucher.NOBODY);
  }

  @Test
  void aCaptureTakesAProductThatMayVouchForIt() {
    String forbidden =
        LISTS.products().products().entrySet().stream()
            .filter(entry -> entry.getValue().disallowedSignals().contains("capturedMedia"))
            .findFirst()
            .orElseThrow()
            .getKey();
    assertThat(capture(CAMERA)).isEqualTo(Voucher.OFFICIAL);
    assertThat(capture(forbidden)).isEqualTo(Voucher.NOBODY);
    assertThat(capture("not on the list")).isEqualTo(Voucher.NOBODY);
    assertThat(capture(null)).isEqualTo(Voucher.NOBODY);
  }

  private static Voucher capture(String record) {
    return signals(
            manifest("a", signer("official", record), action("c2pa.created", "digitalCapture")))
        .getFirst()
        .vouchedBy();
  }

  @Test
  void whatWasOnlyPassedOnIsNoStatement() {
    assertThat(
            signals(
                manifest(
                    "a",
                    signer("official", null),
                    Manifests.gathered("c2pa.created", "trainedAlgorithmicMedia"))))
        .extracting(Statement::signal)
        .containsExactly(Signal.AMBIGUOUS);
  }

  @Test
  void anEditOfWhichNothingIsSaidIsAmbiguous() {
    assertThat(
            signals(
                manifest(
                    "a",
                    signer("official", CAMERA),
                    action("c2pa.created", "digitalCapture"),
                    action("c2pa.edited", null))))
        .extracting(Statement::signal)
        .containsExactly(Signal.CAPTURED, Signal.AMBIGUOUS);
  }

  @Test
  void aLaterStrangerLeavesNobodyWhoVouches() {
    ManifestReport first =
        manifest(
            "first", signer("official", null), action("c2pa.created", "trainedAlgorithmicMedia"));
    ManifestReport later =
        manifest(
            "later",
            signer(null, null),
            List.of(parent("first")),
            action("c2pa.opened", null),
            action("c2pa.transcoded", null));

    assertThat(signals(later, first))
        .containsExactly(
            new Statement(Signal.FULLY_GENERATED, Voucher.NOBODY, 1),
            new Statement(Signal.NON_EDITORIAL, Voucher.NOBODY, 0));
  }

  @Test
  void aGeneratedPictureWithItsMakersVisibleMarkIsStillWhollyGenerated() {
    ManifestReport made =
        manifest(
            "made", signer("official", null), action("c2pa.created", "trainedAlgorithmicMedia"));
    ManifestReport resized =
        manifest(
            "resized",
            signer("official", null),
            List.of(parent("made")),
            action("c2pa.opened", null),
            action("c2pa.resized", null));
    ManifestReport marked =
        manifest(
            "marked",
            signer("official", null),
            List.of(parent("resized")),
            action("c2pa.opened", null),
            described("c2pa.edited", "composite", "Added visible watermark"),
            action("c2pa.converted", null));

    assertThat(signals(marked, resized, made))
        .contains(new Statement(Signal.FULLY_GENERATED, Voucher.OFFICIAL, 2))
        .extracting(Statement::signal)
        .doesNotContain(Signal.PARTLY_GENERATED, Signal.EDITED_PERHAPS_WITH_AI);
  }

  @Test
  void aGeneratedPictureThatWasEditedIsPartlyGenerated() {
    ManifestReport made =
        manifest(
            "made", signer("official", null), action("c2pa.created", "trainedAlgorithmicMedia"));
    ManifestReport edited =
        manifest(
            "edited",
            signer("official", null),
            List.of(parent("made")),
            action("c2pa.opened", null),
            action("c2pa.edited", null));

    assertThat(signals(edited, made))
        .extracting(Statement::signal)
        .contains(Signal.PARTLY_GENERATED)
        .doesNotContain(Signal.FULLY_GENERATED);
  }

  @Test
  void aPartCountsButNotWhatAGeneratorWasGiven() {
    ManifestReport part =
        manifest(
            "part", signer("official", null), action("c2pa.created", "trainedAlgorithmicMedia"));

    assertThat(signals(with("componentOf"), part))
        .contains(new Statement(Signal.PARTLY_GENERATED, Voucher.OFFICIAL, 1));
    assertThat(signals(with("inputTo"), part))
        .extracting(Statement::signal)
        .doesNotContain(Signal.PARTLY_GENERATED);
  }

  private static ManifestReport with(String relationship) {
    return manifest(
        "whole",
        signer("official", CAMERA),
        List.of(new Ingredient("i", "i.jpg", null, relationship, "part")),
        action("c2pa.created", "digitalCapture"));
  }

  @Test
  void aCircleOfParentsEnds() {
    ManifestReport a =
        manifest("a", signer("official", null), List.of(parent("b")), action("c2pa.opened", null));
    ManifestReport b =
        manifest("b", signer("official", null), List.of(parent("a")), action("c2pa.opened", null));

    assertThat(signals(a, b)).extracting(Statement::signal).contains(Signal.UNKNOWN_ORIGIN);
  }

  private static Ingredient parent(String manifest) {
    return new Ingredient("p", "parent.jpg", null, Ingredient.PARENT, manifest);
  }

  private static List<Statement> signals(ManifestReport... manifests) {
    return Signals.of(Lineage.of(Manifests.validation(manifests)), LISTS);
  }
}
