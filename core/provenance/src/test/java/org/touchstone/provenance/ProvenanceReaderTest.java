package org.touchstone.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.testing.media.Containers.jpegWithXmp;
import static org.touchstone.testing.media.Containers.pngWith;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Provenance.State;
import org.touchstone.testing.media.C2pa;
import org.touchstone.testing.media.Samples;
import org.touchstone.testing.media.Xmp;

class ProvenanceReaderTest {

  @TempDir Path folder;

  @Test
  void sumsUpTheClaimsOfAManifestAsUnverified() {
    Path file = Samples.named("picture.png").newIn(folder);
    byte[] store =
        new C2pa()
            .manifest("Gen", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Model X"))
            .store();
    pngWith(file, "caBX", store);

    Provenance provenance = provenance(file);

    assertThat(provenance.state()).isEqualTo(State.PRESENT_UNVERIFIED);
    assertThat(provenance.signer()).isEqualTo("Test Signer");
    assertThat(provenance.generator()).isEqualTo("Gen");
    assertThat(provenance.digitalSourceType()).isEqualTo("trainedAlgorithmicMedia");
    assertThat(provenance.claims()).contains("Action: c2pa.created", "Software: Model X");
  }

  @Test
  void sumsUpIptcAndNothing() {
    Path claimed = jpegWithXmp(jpeg(), Xmp.sourceType("digitalCapture"));

    assertThat(provenance(claimed).digitalSourceType()).isEqualTo("digitalCapture");
    assertThat(provenance(claimed).state()).isEqualTo(State.PRESENT_UNVERIFIED);
    assertThat(provenance(jpeg())).isEqualTo(Provenance.ABSENT);
  }

  private static Provenance provenance(Path file) {
    return new ProvenanceReader().read(new MetadataReader().read(file, ContainerTags.NONE));
  }

  private Path jpeg() {
    return Samples.named("picture.jpg").newIn(folder);
  }
}
