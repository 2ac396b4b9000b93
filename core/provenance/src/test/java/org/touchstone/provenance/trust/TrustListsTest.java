package org.touchstone.provenance.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.c2pa.credential.TrustList;
import org.touchstone.domain.provenance.Voucher;

class TrustListsTest {
  @TempDir Path folder;

  @Test
  void onlyTheInterimListEnds() {
    assertThat(TrustLists.bundled().trust().signers())
        .filteredOn(list -> list.signedBefore() != null)
        .extracting(TrustList::name)
        .containsExactly("interim");
  }

  @Test
  void knownGeneratorsGrantNoTrustAndAreNoRoots() {
    assertThat(TrustLists.bundled().trust().signers())
        .filteredOn(list -> list.name().startsWith("known-generators:"))
        .hasSize(5)
        .allSatisfy(
            list -> {
              assertThat(list.grantsTrust()).isFalse();
              assertThat(list.purposes()).isNotEmpty();
              assertThat(list.anchors())
                  .allSatisfy(
                      anchor ->
                          assertThat(anchor.getSubjectX500Principal())
                              .isNotEqualTo(anchor.getIssuerX500Principal()));
            });
  }

  @Test
  void aKnownGeneratorVouchesForWhatItMakesAndForNoPhotograph() {
    TrustLists lists = TrustLists.bundled();

    assertThat(lists.voucher("known-generators:runway")).isEqualTo(Voucher.KNOWN_GENERATORS);
    assertThat(lists.vouchesFor("known-generators:runway", "trainedAlgorithmicMedia")).isTrue();
    assertThat(lists.vouchesFor("known-generators:runway", "digitalCapture")).isFalse();
    assertThat(lists.vouchesFor(TrustLists.OFFICIAL, "digitalCapture")).isTrue();
    assertThat(lists.voucher(null)).isEqualTo(Voucher.NOBODY);
  }

  @Test
  void theListOfProductsKnowsWhoMayNotSayThatItCaptured() {
    assertThat(TrustLists.bundled().products().products().values())
        .filteredOn(product -> product.disallowedSignals().contains("capturedMedia"))
        .hasSizeGreaterThan(5);
    assertThat(TrustLists.bundled().products().find("no such record")).isEmpty();
    assertThat(TrustLists.bundled().products().find(null)).isEmpty();
  }

  @Test
  void filesOfAFolderReplaceTheBundledLists() throws IOException {
    Files.writeString(
        folder.resolve(TrustFiles.DISTRUSTED), "# stolen\n" + "AB:".repeat(31) + "ab why\n\n");

    TrustLists lists = TrustLists.of(TrustFiles.in(folder));

    assertThat(lists.counts().distrusted()).isEqualTo(1);
    assertThat(lists.trust().distrusted()).containsExactly("ab".repeat(32));
    assertThat(lists.version()).isNotEqualTo(TrustLists.bundled().version());
    assertThat(TrustLists.of(TrustFiles.in(folder.resolve("none"))).version())
        .isEqualTo(TrustLists.bundled().version());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          c2pa-trust-list.json     | {}
          c2pa-tsa-trust-list.json | ''
          conforming-products.json | []
          conforming-products.json | [{"recordId":"1","status":"revoked"}]
          known-generators.json    | {"version":"1","entries":[]}
          known-generators.json    | {"version":"1","entries":[{"name":"x","certificates":[]}]}
          own.pem                  | -----BEGIN CERTIFICATE-----
          distrusted.txt           | Acme Inc.
          """)
  void refusesWhatIsNotAList(String name, String content) {
    TrustFiles files =
        asked ->
            asked.equals(name)
                ? Optional.of(content.getBytes(StandardCharsets.UTF_8))
                : Optional.empty();

    assertThatThrownBy(() -> TrustLists.of(files)).isInstanceOf(IOException.class);
  }
}
