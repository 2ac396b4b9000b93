package org.touchstone.local.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.detectors.inference.ModelInput;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.local.models.Catalogues;
import org.touchstone.local.selftest.SelfTestResult.Kind;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelStore;
import org.touchstone.models.catalogue.CatalogueEntry;
import org.touchstone.models.catalogue.CatalogueEntry.Product;
import org.touchstone.models.catalogue.SelfTest;
import org.touchstone.testing.models.TestModels;

class SelfTestsTest {
  private static final int SIDE = 16;

  @TempDir Path root;

  private final SelfTests tests = new SelfTests(OnnxSettings.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    "512, 384, 0, ca0438575f6f30033a0a758930eae04066c97576937349192c1fb9e9a09ba88e",
    "512, 384, 175, fe08bbb0d9a0f97781ca3948159edbaa74c7f9070ed4a12a7efcb28ca921ef4a",
    "384, 512, 7, 6955ad7ea4fdafe9d7c2301bf242a60e16762ed500fd06ff1cedbc4415240d13",
    "589, 440, 3, 70ef30a06d7822550edfacb9d7ec1bb433248d4f51b6b8a6684378c7f0e4a6e2"
  })
  void thePicturesAreThePublishersBitForBit(int width, int height, int seed, String sha256) {
    assertThat(TestModels.sha256(FormulaPictures.of(width, height, seed).data())).isEqualTo(sha256);
  }

  /** As the publisher's resize and crop give them (Pillow), of the pictures above. */
  @ParameterizedTest
  @CsvSource({
    "512, 384, 0, c92bc090d5c6b1d8bf2c08ecc55988292259d074936622699804efca5b63d2c0",
    "512, 384, 175, e77fff66ad119de6bf1fc5856d59f567505b30668eb99fb0e6371424285a87fc",
    "384, 512, 7, 931355f88a1e330b29bd54d7028f683417c67a5f2069e4e5dc9bb5c99508e19e",
    "589, 440, 3, d315f5934dfc55ce447f8e56a4941a9b98d5f2876e56f3e9bb223e895993d2bc"
  })
  void theCataloguesManifestCutsThemAsThePublisherDoes(
      int width, int height, int seed, String sha256) {
    CatalogueEntry entry = Catalogues.bundled().find("commfor-lowq").orElseThrow();
    ModelManifest manifest =
        ModelManifest.read(
            ((Product.Ready) entry.product())
                .manifest()
                .complete("commfor-lowq", "1", "MIT", List.of(), entry.checksums()));
    RgbImage cut =
        new ModelInput(manifest.visual().orElseThrow())
            .fit(FormulaPictures.of(width, height, seed));
    assertThat(TestModels.sha256(cut.data())).isEqualTo(sha256);
    assertThat(entry.selfTest().orElseThrow().pictures())
        .anyMatch(picture -> picture.width() == width && picture.seed() == seed);
  }

  @Test
  void aModelMustHaveThePublishersScores() throws IOException {
    InstalledModel model = redness(1);
    double raw = meanOfRed(FormulaPictures.of(SIDE, SIDE, 3));

    SelfTestResult result = tests.run(store(), model, published(raw + 0.0009));
    assertThat(result.kind()).isEqualTo(Kind.SCORES);
    assertThat(result.device()).isEqualTo("cpu");
    assertThat(result.line()).isEqualTo("self-test: scores");

    assertThatThrownBy(() -> tests.run(store(), model, published(raw + 0.0011)))
        .isInstanceOf(SelfTestException.class)
        .hasMessageContaining("its publisher gives")
        .hasMessageNotContaining(root.toString());
  }

  @Test
  void withoutScoresOnlyTheStructureIsTestedAndItSaysSo() throws IOException {
    SelfTestResult result = tests.run(store(), redness(1), Optional.empty());
    assertThat(result.kind()).isEqualTo(Kind.STRUCTURE);
    assertThat(result.line()).isEqualTo("self-test: structure only");
    assertThat(result.values()).hasSize(2).doesNotContain(0.0);
  }

  @Test
  void whatAModelGaveFirstIsRecordedAndMustNotChange() throws IOException {
    InstalledModel model = redness(1);
    tests.run(store(), model, Optional.empty());
    tests.run(store(), model, Optional.empty());

    Path record = model.folder().resolve(".self-test.json");
    String json = Files.readString(record);
    assertThat(json).contains("\"cpu\"");
    Files.writeString(record, json.replaceAll("\"cpu\":\\s*\\[[^,]+,", "\"cpu\": [0.1,"));
    assertThatThrownBy(() -> tests.run(store(), model, Optional.empty()))
        .isInstanceOf(SelfTestException.class)
        .hasMessageContaining("when it was installed");

    Files.writeString(record, "cut o");
    assertThat(tests.run(store(), model, Optional.empty()).kind()).isEqualTo(Kind.STRUCTURE);
  }

  @Test
  void scoresThatALaterCatalogueBringsAreNotComparedWithAnotherTest() throws IOException {
    InstalledModel model = redness(1);
    tests.run(store(), model, Optional.empty());
    double raw = meanOfRed(FormulaPictures.of(SIDE, SIDE, 3));
    assertThat(tests.run(store(), model, published(raw)).kind()).isEqualTo(Kind.SCORES);
    assertThat(tests.run(store(), model, published(raw)).kind()).isEqualTo(Kind.SCORES);
    assertThat(tests.run(store(), model, Optional.empty()).kind()).isEqualTo(Kind.STRUCTURE);
  }

  @Test
  void whatWasRecordedWithThePublishersScoresIsComparedWithoutThemToo() throws IOException {
    InstalledModel model = redness(1);
    tests.run(store(), model, published(meanOfRed(FormulaPictures.of(SIDE, SIDE, 3))));
    Path record = model.folder().resolve(".self-test.json");
    String json = Files.readString(record);
    Files.writeString(record, json.replaceAll("\"cpu\":\\s*\\[[^,]+,", "\"cpu\": [0.1,"));

    assertThatThrownBy(() -> tests.run(store(), model, Optional.empty()))
        .isInstanceOf(SelfTestException.class)
        .hasMessageContaining("where it gave 0.1");
  }

  @Test
  void aRecordOfAnotherFormIsAsIfThereWereNone() throws IOException {
    InstalledModel model = redness(1);
    tests.run(store(), model, Optional.empty());
    Path record = model.folder().resolve(".self-test.json");
    Files.writeString(record, Files.readString(record).replaceAll("\\{\\s*\"cpu\"[^}]*}", "[7]"));
    tests.run(store(), model, Optional.empty());
    assertThat(Files.readString(record)).contains("\"cpu\"");
  }

  @Test
  void aModelInAFolderThatCannotBeWrittenPassesAllTheSame() throws IOException {
    InstalledModel model = redness(1);
    Files.createDirectories(model.folder().resolve(".self-test.json.new/in-the-way"));
    SelfTestResult result = tests.run(store(), model, Optional.empty());
    assertThat(result.kind()).isEqualTo(Kind.STRUCTURE);
    assertThat(result.line()).contains("not recorded");
  }

  @Test
  void aModelThatGivesNoNumberFails() throws IOException {
    InstalledModel model = redness(Float.NaN);
    assertThatThrownBy(() -> tests.run(store(), model, Optional.empty()))
        .isInstanceOf(SelfTestException.class)
        .hasMessageContaining("not finite");
  }

  @Test
  void aModelThatIsNotWhatItsManifestSaysFails() throws IOException {
    TestModels.install(
        root,
        TestModels.manifest("redness", "1", SIDE).replace("\"logits\"", "\"scores\""),
        TestModels.means(SIDE, new float[][] {{1, 0, 0}}, new float[1]));
    assertThatThrownBy(() -> tests.run(store(), open(), Optional.empty()))
        .isInstanceOf(SelfTestException.class)
        .hasMessageContaining("output");

    TestModels.install(root, TestModels.manifest("redness", "1", SIDE), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> tests.run(store(), open(), Optional.empty()))
        .isInstanceOf(SelfTestException.class)
        .hasMessageContaining("cannot be run")
        .hasMessageNotContaining(root.toString());
  }

  @Test
  void aFileThatWasChangedIsNotRun() throws IOException {
    InstalledModel model = redness(1);
    Files.write(model.modelPath(), new byte[] {1});
    assertThatThrownBy(() -> tests.run(store(), model, Optional.empty()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("SHA-256");
  }

  private InstalledModel redness(float weight) throws IOException {
    TestModels.install(
        root,
        TestModels.manifest("redness", "1", SIDE),
        TestModels.means(SIDE, new float[][] {{weight, 0, 0}}, new float[1]));
    return open();
  }

  private InstalledModel open() {
    return new ModelStore(root).open("redness", "1");
  }

  private static Optional<SelfTest> published(double raw) {
    return Optional.of(
        new SelfTest(
            List.of(new SelfTest.Picture(SIDE, SIDE, 3, raw)), 0.001, 0.01, "the publisher"));
  }

  private static double meanOfRed(RgbImage image) {
    double sum = 0;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        sum += image.sample(x, y, 0);
      }
    }
    return sum / (SIDE * SIDE) / 255;
  }

  private ModelStore store() {
    return new ModelStore(root);
  }
}
