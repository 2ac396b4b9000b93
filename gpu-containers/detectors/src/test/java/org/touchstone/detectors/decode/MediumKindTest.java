package org.touchstone.detectors.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.write;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.testing.media.Samples;
import org.touchstone.testing.media.Samples.Sample;

class MediumKindTest {

  @TempDir Path folder;

  static List<Sample> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void callsEveryFormatWhatItIs(Sample sample) throws IOException {
    MediumKind kind = MediumKind.of(sample.in(folder), DecodeLimits.DEFAULT);

    assertThat(kind.format().name()).isEqualTo(sample.format());
    assertThat(kind.modality()).isEqualTo(sample.modality());
    assertThat(kind.mimeType()).isEqualTo(sample.mimeType());
  }

  /** An accepted file is useful only if its picture can be decoded, or its sound. */
  @ParameterizedTest
  @MethodSource("samples")
  void whatIsAcceptedCanBeDecoded(Sample sample) {
    Path file = sample.in(folder);
    switch (sample.modality()) {
      case IMAGE ->
          assertThat(new ImageDecoder(DecodeLimits.DEFAULT).decode(file).width()).isPositive();
      case VIDEO ->
          assertThat(new FrameSampler(DecodeLimits.DEFAULT).sample(file))
              .allSatisfy(frame -> assertThat(frame.image().width()).isEqualTo(64));
      case AUDIO -> {
        Deadline deadline = Deadline.in(Duration.ofSeconds(10));
        try (AudioReader sound = AudioReader.open(file, 1, 16_000, deadline)) {
          assertThat(sound.next()).isNotEmpty();
        }
      }
    }
  }

  @Test
  void aFileWhoseTracksCannotBeReadIsWhatItsFormatIsAtMost() throws IOException {
    byte[] whole = Samples.named("sound.mp4").bytes();
    Path cut = write(folder.resolve("cut.mp4"), Arrays.copyOf(whole, whole.length / 3));

    assertThat(MediumKind.of(cut, DecodeLimits.DEFAULT).modality()).isEqualTo(Modality.VIDEO);
  }

  @Test
  void refusesWhatIsNoMedium() {
    Path page = write(folder.resolve("page.mp4"), ascii("<!doctype html><html></html>"));

    assertThatThrownBy(() -> MediumKind.of(page, DecodeLimits.DEFAULT))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.MEDIA_UNSUPPORTED));
  }
}
