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
            "input: " + describe(manifest.visual().orElseThrow()));
    Stream<String> role =
        switch (manifest.role()) {
          case ModelRole.Detector detector -> detector(detector, manifest.extraInputs());
          case ModelRole.FaceDetector faces -> faceDetector(faces);
          case ModelRole.VoiceActivity voice -> throw new AssertionError("there was no such role");
          case ModelRole.Recogniser speech -> throw new AssertionError("there was no such role");
        };
    return Stream.concat(common, role).toList();
  }

  private static Stream<String> faceDetector(ModelRole.FaceDetector role) {
    int size = role.searchSize();
    return Stream.of(
        "face detector, search size " + (size == ModelRole.FaceDetector.FULL_SIZE ? "full" : size));
  }

  private static Stream<String> detector(ModelRole.Detector role, List<ExtraInput> extraInputs) {
    PipelineOptions options = role.options();
    return Stream.of(
        "detector: %s, %s, %s"
            .formatted(
                word(role.pipeline()),
                word(role.category()),
                role.tracks().stream().map(Modality::code).sorted().toList()),
        "options: %s, %s, stride %d"
            .formatted(word(options.aggregation()), word(options.people()), options.stride()),
        "extra inputs: "
            + extraInputs.stream()
                .map(extra -> extra.name() + " " + extra.shape() + " " + word(extra.fill()))
                .toList(),
        "output: %s %s, fake is %d"
            .formatted(
                role.output().name(), word(role.output().activation()), role.output().fakeIndex()),
        "heat map: "
            + role.heatmap()
                .map(map -> "%s %d x %d".formatted(map.output(), map.rows(), map.columns()))
                .orElse("none"),
        String.format(
            Locale.ROOT,
            "region: %s, margin %.2f, least size %d",
            word(role.region().kind()),
            role.region().margin(),
            role.region().minSize()),
        String.format(
            Locale.ROOT,
            "uncertain from %.2f, fake from %.2f",
            role.thresholds().uncertain(),
            role.thresholds().fake()));
  }

  private static String describe(Input.Visual input) {
    assertThat(input.type()).isEqualTo(ElementType.UINT8);
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
