package org.touchstone.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Modality;
import org.touchstone.models.ModelManifest.Input;

/**
 * Manifests that are installed somewhere, in the folder {@code earlier} of the resources. Those
 * named after a network are what {@code models import} wrote in November 2026, but for the hashes;
 * those named {@code own} are what organisations could write. Each means what it meant then.
 */
class EarlierManifestsTest {
  private static final String MEANINGS = "earlier/meanings.txt";

  @Test
  void eachIsReadAsItWasWritten() throws Exception {
    Path meanings = Path.of(EarlierManifestsTest.class.getResource(MEANINGS).toURI());

    assertThat(read(meanings.getParent())).isEqualTo(Files.readString(meanings));
  }

  private static String read(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> manifests =
          files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      StringBuilder meanings = new StringBuilder();
      for (Path file : manifests) {
        meanings.append(file.getFileName()).append('\n');
        describe(ModelManifest.read(Files.readAllBytes(file)))
            .forEach(line -> meanings.append("  ").append(line).append('\n'));
      }
      return meanings.toString();
    }
  }

  private static List<String> describe(ModelManifest manifest) {
    Stream<String> common =
        Stream.of(
            "model: %s %s, %s".formatted(manifest.name(), manifest.version(), manifest.licence()),
            "files: %s, loads %s"
                .formatted(
                    manifest.files().keySet().stream().sorted().toList(), manifest.modelFile()),
            "memory per row: " + manifest.memoryPerRow(),
            "trained on %s, calibrated on %s"
                .formatted(manifest.trainedOn(), manifest.calibratedOn()),
            "input: " + describe(manifest.input()));
    return Stream.concat(
            common, manifest.isDetector() ? detector(manifest) : faceDetector(manifest))
        .toList();
  }

  private static Stream<String> faceDetector(ModelManifest manifest) {
    int size = manifest.options().searchSize();
    return Stream.of(
        "face detector, search size " + (size == PipelineOptions.FULL_SIZE ? "full" : size));
  }

  private static Stream<String> detector(ModelManifest manifest) {
    PipelineOptions options = manifest.options();
    return Stream.of(
        "detector: %s, %s, %s"
            .formatted(
                word(manifest.pipeline()),
                word(manifest.category()),
                manifest.tracks().stream().map(Modality::code).sorted().toList()),
        "options: %s, %s, stride %d"
            .formatted(word(options.aggregation()), word(options.people()), options.stride()),
        "extra inputs: "
            + manifest.extraInputs().stream()
                .map(extra -> extra.name() + " " + extra.shape() + " " + word(extra.fill()))
                .toList(),
        "output: %s %s, fake is %d"
            .formatted(
                manifest.output().name(),
                word(manifest.output().activation()),
                manifest.output().fakeIndex()),
        "heat map: "
            + (manifest.heatmap() == null
                ? "none"
                : "%s %d x %d"
                    .formatted(
                        manifest.heatmap().output(),
                        manifest.heatmap().rows(),
                        manifest.heatmap().columns())),
        String.format(
            Locale.ROOT,
            "region: %s, margin %.2f, least size %d",
            word(manifest.region().kind()),
            manifest.region().margin(),
            manifest.region().minSize()),
        String.format(
            Locale.ROOT,
            "uncertain from %.2f, fake from %.2f",
            manifest.thresholds().uncertain(),
            manifest.thresholds().fake()));
  }

  private static String describe(Input input) {
    return "%s %s, %d frames of %d x %d, %s, %s"
        .formatted(
            input.name(),
            word(input.layout()),
            input.frames(),
            input.width(),
            input.height(),
            word(input.fit()),
            word(input.resampling()));
  }

  /** As manifests write it. */
  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
