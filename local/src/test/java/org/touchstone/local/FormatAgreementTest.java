package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.decode.MediumKind;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.Sniffer;
import org.touchstone.resolver.probe.BundledFfmpeg;
import org.touchstone.resolver.probe.Ffprobe;
import org.touchstone.resolver.probe.MediaLimits;
import org.touchstone.resolver.probe.MediaProbe;
import org.touchstone.resolver.probe.Probed;
import org.touchstone.testing.media.Samples;
import org.touchstone.testing.media.Samples.Sample;

/** The API and {@code POST /predict} accept the same files and call them the same. */
class FormatAgreementTest {

  @TempDir Path folder;

  static List<Sample> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theResolverAndTheEndpointCallAFileTheSame(Sample sample) throws IOException {
    Path file = sample.in(folder);
    Ffprobe ffprobe =
        new Ffprobe(
            BundledFfmpeg.unpack(folder.resolve("libraries")).ffprobe(), Duration.ofSeconds(30));

    MediaFormat format = Sniffer.sniff(file);
    Probed resolver = new MediaProbe(ffprobe, MediaLimits.DEFAULT).probe(file, format);
    MediumKind endpoint = MediumKind.of(file, DecodeLimits.DEFAULT);

    assertThat(endpoint.format()).isEqualTo(format);
    assertThat(endpoint.modality()).isEqualTo(resolver.modality());
    assertThat(endpoint.mimeType()).isEqualTo(resolver.mimeType());
  }
}
