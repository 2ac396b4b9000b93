package org.touchstone.models.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.models.ModelManifest;

class CatalogueTest {
  private static final List<String> DETECTORS =
      List.of("genconvit", "ftcn", "styleflow", "distil-dire", "ufd", "retinaface");
  private static final CatalogueReader READER = new CatalogueReader(DETECTORS);

  @TempDir Path folder;

  @Test
  void readsAnOrganisationsOwn() throws IOException {
    Path file =
        write(
            """
            {"models": [{"name": "ours", "detector": "ufd", "licence": "ours", "homepage": "intranet",
              "files": [{"name": "head.pth", "url": "https://mirror.example/head.pth", "maxBytes": 9}]}]}
            """);
    CatalogueEntry entry = READER.read(file).find("ours").orElseThrow();
    assertThat(entry.restriction()).isEmpty();
    assertThat(entry.maxBytes()).isEqualTo(9);
    assertThat(entry.files().getFirst().sha256()).isEmpty();
    assertThat(READER.read(file).find("theirs")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sha256 | {'name': 'a', 'url': 'https://a.example/', 'maxBytes': 1, 'sha256': 'ABC'}",
        "maxBytes | {'name': 'a', 'url': 'https://a.example/'}",
        "maxBytes | {'name': 'a', 'url': 'https://a.example/', 'maxBytes': -1}",
        "url | {'name': 'a', 'url': 'ftp://a.example/', 'maxBytes': 1}",
        "name | {'name': '../a', 'url': 'https://a.example/', 'maxBytes': 1}",
        "field other | {'name': 'a', 'url': 'https://a.example/', 'maxBytes': 1, 'sha': 'ab'}"
      })
  void saysWhatIsWrongWithAFile(String expected, String json) throws IOException {
    Path file =
        write(
            "{'models': [{'name': 'a', 'detector': 'ufd', 'licence': 'l', 'homepage': 'h', 'files':"
                + " ["
                + json
                + "]}]}");
    assertThatThrownBy(() -> READER.read(file))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void joinsSeveralSourcesUnlessTheyNameTheSame() throws IOException {
    URL one = write("one", "{'models': [" + entryNamed("a") + "]}");
    URL two = write("two", "{'models': [" + entryNamed("b") + "]}");
    assertThat(READER.read(List.of(one, two)).entries())
        .extracting(CatalogueEntry::name)
        .containsExactly("a", "b");
    assertThatThrownBy(() -> READER.read(List.of(one, one)))
        .hasMessage("a is in the catalogue twice");
  }

  private URL write(String name, String json) throws IOException {
    return Files.writeString(folder.resolve(name), json.replace('\'', '"')).toUri().toURL();
  }

  private static String entryNamed(String name) {
    return "{'name': '%s', 'detector': 'ufd', 'licence': 'l', 'homepage': 'h'}".formatted(name);
  }

  @Test
  void refusesWhatIsNoCatalogue() throws IOException {
    String entry = "{'name': 'a', 'detector': 'ufd', 'licence': 'l', 'homepage': 'h'}";
    assertThatThrownBy(() -> READER.read(write("{'models': [" + entry + "," + entry + "]}")))
        .hasMessage("a is in the catalogue twice");
    assertThatThrownBy(() -> READER.read(write("not JSON"))).isInstanceOf(CatalogueException.class);
    assertThatThrownBy(() -> READER.read(write("{'models': 7}")))
        .isInstanceOf(CatalogueException.class);
    assertThatThrownBy(() -> READER.read(write("{'models': [{'name': 'a'}]}")))
        .hasMessageContaining("detector");
    assertThatThrownBy(() -> READER.read(folder.resolve("nowhere.json")))
        .isInstanceOf(CatalogueException.class)
        .hasMessageNotContaining(folder.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"['no', 'use']", "{}", "true", "null", "''", "LONG"})
  void losesNoRestrictionThatIsNotAsItMustBe(String restriction) {
    String value = restriction.replace("LONG", longText(501));
    assertThatThrownBy(() -> READER.read(write(entry("ufd", "'restriction': " + value))))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining("restriction");
  }

  @Test
  void saysBeforeADownloadWhatCouldNotBeImportedAfterIt() {
    assertThatThrownBy(() -> READER.read(write(entry("oracle", "'files': []"))))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining("genconvit, ftcn");
    assertThatThrownBy(
            () -> READER.read(write(entry("ufd", "'files': []").replace("'l'", longText(201)))))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining("licence");
    String file = "{'name': 'a', 'url': 'https://a.example/', 'maxBytes': 1}";
    String files = "'files': [%s, %s]".formatted(file, file);
    assertThatThrownBy(() -> READER.read(write(entry("ufd", files))))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining("same name");
  }

  private static final String READY =
      """
      {'models': [{'name': 'a', 'revision': 'v1', 'homepage': 'h', 'recommended': true,
        'looksAt': 'pictures', 'memory': 9, 'abstains': 'never',
        'licences': {'code': 'MIT', 'weights': 'Apache-2.0', 'data': 'secret', 'conflict': 'c'},
        'disputed': 'd', 'measured': [{'figure': 'f', 'source': 's'}],
        'files': [{'name': 'a.onnx', 'url': 'https://a.example/a', 'bytes': 7, 'sha256': '@'}],
        'selfTest': {'pictures': [{'width': 8, 'height': 8, 'seed': 0, 'raw': 1.5}],
          'tolerance': 0.01, 'deviceTolerance': 0.1, 'source': 's'},
        'manifest': {'engine': 'OnnxRuntime',
          'input': {'name': 'i', 'layout': 'NHWC', 'dtype': 'uint8', 'height': 8, 'width': 8},
          'output': {'name': 'o', 'activation': 'sigmoid'},
          'thresholds': {'uncertain': 0.3, 'fake': 0.5}, 'category': 'generative',
          'tracks': ['image']}}]}
      """
          .replace("@", "a".repeat(64));

  @Test
  void readsAModelThatRunsAsItIsPublished() throws IOException {
    CatalogueEntry entry = READER.read(write(READY)).recommended().getFirst();
    assertThat(entry.isPinned()).isTrue();
    assertThat(entry.licences().conflict()).contains("c");
    assertThat(entry.licenceText())
        .contains("Weights: Apache-2.0", "Code: MIT", "Data: secret", "Conflict: c", "Disputed: d");
    assertThat(entry.use().measured()).containsExactly(new Measured("f", "s"));
    assertThat(entry.selfTest().orElseThrow().pictures().getFirst().raw()).isEqualTo(1.5);
    ManifestTemplate template = ((CatalogueEntry.Product.Ready) entry.product()).manifest();
    ModelManifest manifest =
        ModelManifest.read(
            template.complete("a", "1", "Apache-2.0", List.of("secret"), entry.checksums()));
    assertThat(manifest.modelFile()).isEqualTo("a.onnx");
    assertThat(manifest.trainedOn()).containsExactly("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "'revision': 'v1',               |                        | cannot be recommended",
        "'revision': 'v1',               | 'revision': 'v..1',    | revision",
        "'bytes': 7                      | 'maxBytes': 7          | cannot be recommended",
        "'bytes': 7                      | 'bytes': 7, 'maxBytes': 7 | bytes and maxBytes",
        "'recommended': true             | 'recommended': 'yes'   | recommended",
        "'disputed': 'd'                 | 'restriction': 'r'     | cannot be recommended",
        "'disputed': 'd'                 | 'disputed': true       | disputed",
        "'disputed': 'd'                 | 'detector': 'ufd'      | or else a manifest",
        "'weights': 'Apache-2.0'         | 'weight': 'Apache-2.0' | field other",
        "'output': {                     | 'outputs': {           | outputs",
        "'engine': 'OnnxRuntime'         | 'engine': 'x'          | engine",
        "'tracks': ['image']             | 'tracks': ['image'], 'version': '1' | version",
        "'tolerance': 0.01               | 'tolerance': 1         | selfTest",
        "'width': 8, 'height': 8, 'seed' | 'width': 0, 'height': 8, 'seed' | width",
        "'raw': 1.5                      | 'raw': 'high'          | raw",
        "'figure': 'f',                  |                        | figure"
      })
  void saysWhatIsWrongWithAnEntry(String part, String other, String expected) {
    String json = READY.replace(part, other == null ? "" : other);
    assertThat(json).isNotEqualTo(READY);
    assertThatThrownBy(() -> READER.read(write(json)))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void theListOfRefusedModelsSaysWhy() {
    assertThat(RefusedModels.bundled().named("dima806/deepfake_vs_real_image_detection"))
        .hasValueSatisfying(
            refused -> {
              assertThat(refused.reason()).isNotBlank();
              assertThat(refused.source()).isNotBlank();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://huggingface.co/dima806/deepfake_vs_real_image_detection",
        "hf.co/Dima806/deepfake_vs_real_image_detection/",
        " dima806/deepfake_vs_real_image_detection",
        "deepfake_vs_real_image_detection"
      })
  void aRefusedModelIsKnownByItsAddressToo(String name) {
    assertThat(RefusedModels.bundled().named(name)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dima806/deepfake_vs_real_image_detection",
        "%64ima806/deepfake_vs_real_image_detection",
        "dima806//deepfake_vs_real_image_detection",
        "dima806/./deepfake_vs_real_image_detection"
      })
  void aRefusedModelIsKnownByAnotherSpellingOfItsAddress(String place) throws IOException {
    String file =
        "'files': [{'name': 'a', 'maxBytes': 1, 'url': 'https://hub.example/"
            + place
            + "/resolve/main/a'}]";
    CatalogueEntry entry = READER.read(write(entry("ufd", file))).entries().getFirst();
    assertThat(RefusedModels.bundled().of(entry)).isPresent();
  }

  private static String longText(int length) {
    return "'" + "x".repeat(length) + "'";
  }

  private static String entry(String detector, String more) {
    return "{'models': [{'name': 'a', 'detector': '%s', 'licence': 'l', 'homepage': 'h', %s}]}"
        .formatted(detector, more);
  }

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("catalogue.json"), json.replace('\'', '"'));
  }
}
