package org.touchstone.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.concat;
import static org.touchstone.testing.media.Containers.jpegWith;
import static org.touchstone.testing.media.Containers.pngWith;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Provenance.State;
import org.touchstone.testing.media.C2pa;

class ProvenanceReaderTest {

  private static final byte[] XMP = ascii("http://ns.adobe.com/xap/1.0/\0");

  @TempDir Path folder;

  @Test
  void sumsUpTheClaimsOfAManifestAsUnverified() throws IOException {
    Path file = png();
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
    Path claimed = jpegWith(rocket(), 0xe1, XMP, sourceType("digitalCapture"));

    assertThat(provenance(claimed).digitalSourceType()).isEqualTo("digitalCapture");
    assertThat(provenance(claimed).state()).isEqualTo(State.PRESENT_UNVERIFIED);
    assertThat(provenance(freshRocket())).isEqualTo(Provenance.ABSENT);
  }

  private static Provenance provenance(Path file) {
    try (MediaContext media = context(file, Modality.IMAGE)) {
      return new ProvenanceReader().read(media.metadata());
    }
  }

  private static MediaContext context(Path file, Modality modality) {
    return TestMedia.context(file, modality, DecodeLimits.DEFAULT);
  }

  private static byte[] sourceType(String type) {
    return concat(
        ascii(
            "<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF"
                + " xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><r:Description"
                + " xmlns:e='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' e:DigitalSourceType='"),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/" + type).getBytes(StandardCharsets.UTF_8),
        ascii("'/></r:RDF></x:xmpmeta>"));
  }

  private Path rocket() {
    return TestMedia.rocket(folder);
  }

  private Path freshRocket() {
    try {
      return TestMedia.rocket(Files.createTempDirectory(folder, "fresh"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path png() throws IOException {
    Path file = Files.createTempFile(folder, "picture", ".png");
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    return file;
  }
}
