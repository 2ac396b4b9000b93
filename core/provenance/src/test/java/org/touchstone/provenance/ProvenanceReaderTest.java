package org.touchstone.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.testing.media.Containers.jpegWithXmp;
import static org.touchstone.testing.media.Containers.pngWith;
import static org.touchstone.testing.media.Containers.pngWithText;
import static org.touchstone.testing.media.Containers.write;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Provenance.State;
import org.touchstone.domain.provenance.CredentialSignature;
import org.touchstone.domain.provenance.Label;
import org.touchstone.domain.provenance.Label.Forgeability;
import org.touchstone.domain.provenance.Label.Meaning;
import org.touchstone.domain.provenance.Problem;
import org.touchstone.domain.provenance.Step;
import org.touchstone.domain.provenance.Voucher;
import org.touchstone.provenance.credentials.CredentialReader;
import org.touchstone.provenance.trust.TrustFiles;
import org.touchstone.provenance.trust.TrustLists;
import org.touchstone.testing.media.C2pa;
import org.touchstone.testing.media.Samples;
import org.touchstone.testing.media.Xmp;

class ProvenanceReaderTest {
  private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

  @TempDir Path folder;

  @Test
  void tellsTheStoryOfSoundCredentialsAndWhoVouches() throws IOException {
    Provenance provenance = provenance(signed(), withOwnList(), true);

    assertThat(provenance.state()).isEqualTo(State.VALID_TRUSTED);
    assertThat(provenance.problem()).isNull();
    assertThat(provenance.vouchedBy()).isEqualTo(Voucher.OWN);
    assertThat(provenance.codes()).isEmpty();
    assertThat(provenance.chain()).extracting(Step::kind).contains(Step.Kind.SIGNED);
    CredentialSignature signature = provenance.credentials().getFirst().signature();
    assertThat(signature.genuine()).isTrue();
    assertThat(signature.vouchedBy()).isEqualTo(Voucher.OWN);
    assertThat(signature.validUntil()).isAfter(signature.validFrom());
    assertThat(provenance.judgedAt()).isEqualTo(NOW);
  }

  @Test
  void saysThatNobodyVouchesForAStranger() throws IOException {
    Provenance provenance = provenance(signed(), TrustLists.bundled(), true);

    assertThat(provenance.state()).isEqualTo(State.VALID_UNTRUSTED);
    assertThat(provenance.vouchedBy()).isEqualTo(Voucher.NOBODY);
    assertThat(provenance.codes()).containsExactly("signingCredential.untrusted");
  }

  @Test
  void distrustOverridesEveryList() throws IOException {
    String fingerprint =
        provenance(signed(), withOwnList(), true)
            .credentials()
            .getFirst()
            .signature()
            .fingerprint();
    byte[] pem = resource("authority.pem");
    TrustFiles files =
        name ->
            switch (name) {
              case TrustFiles.OWN -> Optional.of(pem);
              case TrustFiles.DISTRUSTED -> Optional.of((fingerprint + " stolen").getBytes());
              default -> Optional.empty();
            };

    assertThat(provenance(signed(), TrustLists.of(files), true).vouchedBy())
        .isEqualTo(Voucher.NOBODY);
  }

  @Test
  void saysThatAFileWasChangedAfterItWasSigned() throws IOException {
    byte[] bytes = resource("picture.jpg");
    bytes[bytes.length - 20] ^= 1;

    Provenance provenance =
        provenance(write(folder.resolve("changed.jpg"), bytes), withOwnList(), true);

    assertThat(provenance.state()).isEqualTo(State.INVALID);
    assertThat(provenance.problem()).isEqualTo(Problem.CHANGED_AFTER_SIGNING);
    assertThat(provenance.statements()).isEmpty();
    assertThat(provenance.codes()).contains("assertion.dataHash.mismatch");
  }

  @Test
  void doesNotCheckAFileOfWhichItHasAPartOnly() throws IOException {
    Provenance provenance = provenance(signed(), withOwnList(), false);

    assertThat(provenance.state()).isEqualTo(State.PRESENT_UNVERIFIED);
    assertThat(provenance.problem()).isEqualTo(Problem.NOT_WHOLE);
  }

  @Test
  void callsAMadeUpCredentialDamagedOrForged() {
    byte[] store =
        new C2pa()
            .manifest("Gen", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Model X"))
            .store();
    Path file = pngWith(Samples.named("picture.png").newIn(folder), "caBX", store);

    Provenance provenance = provenance(file, TrustLists.bundled(), true);

    assertThat(provenance.state()).isEqualTo(State.INVALID);
    assertThat(provenance.problem()).isEqualTo(Problem.DAMAGED_OR_FORGED);
    assertThat(provenance.statements()).isEmpty();
  }

  @Test
  void takesADamagedFileForNoDamagedCredential() {
    byte[] tiff = new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0, (byte) 0xff, (byte) 0xff, 1, 2, 3};

    assertThat(provenance(write(folder.resolve("damaged.tif"), tiff)).state())
        .isEqualTo(State.ABSENT);
  }

  @Test
  void sumsUpIptcAndNothing() {
    Path claimed = jpegWithXmp(jpeg(), Xmp.sourceType("digitalCapture"));

    assertThat(provenance(claimed).digitalSourceType()).isEqualTo("digitalCapture");
    assertThat(provenance(claimed).state()).isEqualTo(State.PRESENT_UNVERIFIED);
    assertThat(provenance(claimed).problem()).isNull();
    assertThat(provenance(jpeg()).state()).isEqualTo(State.ABSENT);
  }

  @Test
  void saysThatCredentialsAreKeptElsewhere() {
    String packet =
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF"
            + " xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description"
            + " xmlns:dcterms='http://purl.org/dc/terms/' dcterms:provenance='%s'/>"
            + "</rdf:RDF></x:xmpmeta>";

    Provenance remote =
        provenance(
            jpegWithXmp(jpeg(), bytes(packet, "https://Credentials.example/m/1?key=secret")));

    assertThat(remote.state()).isEqualTo(State.REMOTE);
    assertThat(remote.remoteHost()).isEqualTo("credentials.example");
    assertThat(provenance(jpegWithXmp(jpeg(), bytes(packet, "not a link"))).state())
        .isEqualTo(State.ABSENT);
  }

  @Test
  void listsLabelsBesideCredentials() {
    Path file = Samples.named("picture.png").newIn(folder);
    pngWithText(file, "AIGC", "{\"Label\": \"1\", \"ContentProducer\": \"x\"}");

    assertThat(provenance(file).labels())
        .containsExactly(
            new Label(
                "tc260-generated",
                Meaning.GENERATED,
                null,
                "png:AIGC",
                "{\"Label\": \"1\", \"ContentProducer\": \"x\"}",
                Forgeability.ANYBODY));
  }

  @Test
  void recordsWhatItJudgedBy() throws IOException {
    TrustLists own = withOwnList();
    Provenance provenance = provenance(jpeg(), own, true);

    assertThat(provenance.versions().lists()).isEqualTo(own.version());
    assertThat(provenance.versions().reader()).isEqualTo(CredentialReader.VERSION);
    assertThat(provenance.versions().key())
        .contains(own.version(), CredentialReader.VERSION)
        .matches("[A-Za-z0-9][A-Za-z0-9._+-]{0,127}");
    assertThat(own.version()).isNotEqualTo(TrustLists.bundled().version());
  }

  @Test
  void isReadBackAsItWasWrittenAndSoIsWhatEarlierVersionsWrote() throws IOException {
    Provenance provenance = provenance(signed(), withOwnList(), true);
    String old = "{\"state\":\"present-unverified\",\"signer\":\"S\",\"claims\":[\"c\"]}";

    assertThat(Json.read(Json.bytes(provenance), Provenance.class)).isEqualTo(provenance);
    Provenance stored = Json.read(old.getBytes(), Provenance.class);
    assertThat(stored.signer()).isEqualTo("S");
    assertThat(stored.chain()).isEmpty();
    assertThat(Json.string(stored)).isEqualTo(old);
  }

  private static byte[] bytes(String packet, String link) {
    return packet.formatted(link).getBytes(StandardCharsets.UTF_8);
  }

  private TrustLists withOwnList() throws IOException {
    byte[] pem = resource("authority.pem");
    return TrustLists.of(name -> name.equals(TrustFiles.OWN) ? Optional.of(pem) : Optional.empty());
  }

  private Path signed() throws IOException {
    return write(folder.resolve("signed.jpg"), resource("picture.jpg"));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ProvenanceReaderTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static Provenance provenance(Path file) {
    return provenance(file, TrustLists.bundled(), true);
  }

  private static Provenance provenance(Path file, TrustLists lists, boolean isWhole) {
    return new ProvenanceReader(lists, InstantSource.fixed(NOW))
        .read(file, new MetadataReader().read(file, ContainerTags.NONE), Modality.IMAGE, isWhole);
  }

  private Path jpeg() {
    return Samples.named("picture.jpg").newIn(folder);
  }
}
