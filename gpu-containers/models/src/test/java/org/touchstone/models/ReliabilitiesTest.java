package org.touchstone.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Reliability.Combination;

class ReliabilitiesTest {
  private static final String ROW =
      """
      {"name": "%s", %s "falseAlarms": %d, "authentic": 600, "hits": %d, "fakes": 600,
       "source": "a test"}""";

  private static final String LARGE = row("large", "\"minShortEdge\": 440,", 6, 400);
  private static final String SMALL = row("small", "\"maxShortEdge\": 439,", 60, 300);
  private static final String STRONG = row("strong", "\"compression\": \"strong\",", 30, 300);
  private static final String MEAN = row("mean", "\"combination\": \"mean\",", 3, 500);

  @ParameterizedTest
  @CsvSource({
    "1080,LIGHT,large",
    "440,,large",
    "439,LIGHT,small",
    "1080,STRONG,strong",
    "300,STRONG,small",
    ",,small",
    ",STRONG,strong"
  })
  void theWorstRowThatHoldsCounts(Integer edge, Compression compression, String row) {
    Reliability found =
        of(manifest(LARGE, SMALL, STRONG), quality(edge, compression), Combination.SINGLE, 1);

    assertThat(found.counts().row()).isEqualTo(row);
    assertThat(found.family()).isEqualTo("commfor");
    assertThat(found.calibration()).isEqualTo("2026-11");
    assertThat(found.fakeShare()).isEqualTo(0.25);
    assertThat(found.doubt()).isNull();
  }

  @Test
  void fewCountsAreWorseThanManyOfTheSameShare() {
    String few = row("few", "", 0, 1).replace("600", "1");

    assertThat(of(manifest(LARGE, few), quality(500, null), Combination.SINGLE, 1).counts().row())
        .isEqualTo("few");
  }

  @Test
  void aMeanWithoutARowOfItsOwnIsNotCalibrated() {
    Reliability found = of(manifest(LARGE), quality(500, null), Combination.MEAN, 8);

    assertThat(found.calibration()).isNull();
    assertThat(found.fakeShare()).isNull();
    assertThat(found.counts()).isNull();
    assertThat(found.combination()).isEqualTo(Combination.MEAN);
    assertThat(found.looks()).isEqualTo(8);
    assertThat(found.doubt()).isNull();
  }

  @Test
  void aMeanWithARowOfItsOwnIsCalibrated() {
    Reliability found = of(manifest(LARGE, MEAN), quality(500, null), Combination.MEAN, 8);

    assertThat(found.counts().row()).isEqualTo("mean");
    assertThat(found.calibration()).isEqualTo("2026-11");
    assertThat(of(manifest(LARGE, MEAN), quality(500, null), Combination.MEDIAN, 8).counts())
        .isNull();
  }

  @Test
  void aMaximumWithoutARowOfItsOwnHasThatOfASingleLook() {
    Reliability found = of(manifest(LARGE, MEAN), quality(500, null), Combination.MAXIMUM, 5);

    assertThat(found.counts().row()).isEqualTo("large");
    assertThat(found.calibration()).isEqualTo("2026-11");
    assertThat(found.looks()).isEqualTo(5);
  }

  @Test
  void theMeanOfOneLookIsASingleLook() {
    Reliability found = of(manifest(LARGE), quality(500, null), Combination.MEAN, 1);

    assertThat(found.combination()).isEqualTo(Combination.SINGLE);
    assertThat(found.counts().row()).isEqualTo("large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "preprocessing"})
  void whatWasMeasuredWithOtherFilesDoesNotCount(String field) {
    ModelManifest manifest =
        PublishedManifestTest.read(
            json(LARGE)
                .replaceFirst(
                    "\"" + field + "\": \"[0-9a-f]*", "\"" + field + "\": \"" + "0".repeat(64)));

    Reliability found = of(manifest, quality(500, null), Combination.SINGLE, 1);

    assertThat(found.calibration()).isNull();
    assertThat(found.counts()).isNull();
    assertThat(found.fakeShare()).isNull();
    assertThat(found.family()).isEqualTo("commfor");
    assertThat(found.doubt()).contains("another model file");
  }

  @Test
  void countsWithoutAFitAreNoCalibration() {
    Reliability found =
        of(
            PublishedManifestTest.read(
                json(LARGE).replace("\"fitted\": true", "\"fitted\": false")),
            quality(500, null),
            Combination.SINGLE,
            1);

    assertThat(found.calibration()).isNull();
    assertThat(found.fakeShare()).isNull();
    assertThat(found.counts().row()).isEqualTo("large");
  }

  @ParameterizedTest
  @CsvSource({
    "119,,fewer than 120 pixels",
    "120,,",
    "300,LIGHT,",
    "300,STRONG,Strongly compressed"
  })
  void smallAndStronglyCompressedFacesAreDoubtful(int face, Compression compression, String doubt) {
    ModelManifest faces = PublishedManifestTest.read(PublishedManifestTest.FACES);

    Optional<Reliability> found =
        Reliabilities.of(faces, quality(1080, compression).withFace(face), Combination.MEAN, 32);

    if (doubt == null) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found.orElseThrow().doubt()).contains(doubt);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "30, -20, 0, 8000, 30, LOSSLESS, clean",
    "30, -20, 0, 8000, 15, LOSSY, noise",
    "30, -20, 0, 4000, 30, TELEPHONE, telephone",
    "30, -20, 0.1, 8000, 30, LOSSLESS, other",
    "3, -20, 0, 8000, 30, LOSSLESS, other",
    "30, -50, 0, 8000, 30, LOSSLESS, other"
  })
  void soundsHaveRowsOfTheirOwn(
      double seconds,
      double loudness,
      double clipped,
      int band,
      double noise,
      SoundCodec codec,
      String row) {
    ModelManifest manifest =
        manifest(
            row(
                "clean",
                """
                "sound": {"minSpeech": 10, "minLoudness": -40, "maxLoudness": -10,
                  "maxClipped": 0.01, "minBandLimit": 7000, "minSignalToNoise": 20},""",
                1,
                500),
            row("noise", "\"sound\": {\"maxSignalToNoise\": 20},", 9, 400),
            row(
                "telephone",
                "\"sound\": {\"maxBandLimit\": 4500, \"codec\": \"telephone\"},",
                20,
                400),
            row("other", "\"sound\": {\"minSignalToNoise\": 20, \"minBandLimit\": 5000},", 0, 600));
    InputQuality input =
        InputQuality.of(new SoundTraits(seconds, loudness, clipped, band, noise, codec));

    assertThat(of(manifest, input, Combination.SINGLE, 1).counts().row()).isEqualTo(row);
    // Of a picture none of them speaks, and the worst of all counts.
    assertThat(of(manifest, quality(500, null), Combination.SINGLE, 1).counts().row())
        .isEqualTo("telephone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"minSpeech\": -1 | sound.minSpeech must be a number between",
        "\"minLoudness\": 3 | sound.minLoudness must be a number between",
        "\"minBandLimit\": 4000, \"maxBandLimit\": 3000 | sound.maxBandLimit must not be less",
        "\"minSignalToNoise\": 4, \"maxSignalToNoise\": 3 | sound.maxSignalToNoise must not be",
        "\"codec\": \"mp3\" | sound.codec must be one of",
        "\"music\": true | sound.music is unknown"
      })
  void boundsThatCannotBeAreErrors(String bounds, String message) {
    String row = row("odd", "\"sound\": {" + bounds + "},", 1, 1);
    assertThatThrownBy(() -> manifest(row))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(message);
  }

  private static Reliability of(
      ModelManifest manifest, InputQuality input, Combination combination, int looks) {
    return Reliabilities.of(manifest, input, combination, looks).orElseThrow();
  }

  private static InputQuality quality(Integer edge, Compression compression) {
    return new InputQuality(
        edge == null ? OptionalInt.empty() : OptionalInt.of(edge),
        OptionalInt.empty(),
        Optional.ofNullable(compression));
  }

  private static String row(String name, String bounds, int falseAlarms, int hits) {
    return ROW.formatted(name, bounds, falseAlarms, hits);
  }

  private static ModelManifest manifest(String... rows) {
    return PublishedManifestTest.read(json(rows));
  }

  /** A manifest whose measurements belong to it. */
  private static String json(String... rows) {
    String json =
        PublishedManifestTest.PICTURES
            .replace("community-forensics", "commfor")
            .replace("\"fakeShare\": 0.5", "\"fakeShare\": 0.25")
            .replaceAll(
                "(?s)\"rows\": .*", "\"rows\": [" + String.join(",", List.of(rows)) + "]}}");
    String digest = PublishedManifestTest.read(json).preprocessingDigest();
    return json.replaceFirst("\"preprocessing\": \"[0-9a-f]*", "\"preprocessing\": \"" + digest);
  }
}
