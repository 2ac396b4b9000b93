package org.touchstone.local.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.Networks;
import org.touchstone.detectors.pipelines.genconvit.GenConVitKind;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;
import org.touchstone.models.ReliabilityTable;
import org.touchstone.models.catalogue.CatalogueEntry;
import org.touchstone.models.catalogue.CatalogueEntry.Product;
import org.touchstone.models.catalogue.RefusedModels;
import org.touchstone.testing.models.TestModels;

class CataloguesTest {
  @Test
  void theBundledOneNamesModelsThatCanBeImportedFromEncryptedAddresses() {
    assertThat(Catalogues.bundled().entries())
        .filteredOn(entry -> entry.product() instanceof Product.Imported)
        .extracting(entry -> ((Product.Imported) entry.product()).detector())
        .containsAll(Networks.names());
    for (CatalogueEntry entry : Catalogues.bundled().entries()) {
      assertThat(entry.files()).allMatch(file -> file.link().scheme().equals("https"));
      assertThat(entry.files().isEmpty() && entry.note().isEmpty()).as(entry.name()).isFalse();
    }
  }

  @Test
  void theBundledOneAsksBeforeItInstallsWeightsOfRestrictedOrUnstatedLicence() {
    for (CatalogueEntry entry : Catalogues.bundled().entries()) {
      if (entry.licences().weights().matches(".*(NC|research|unstated|without an explicit).*")) {
        assertThat(entry.restriction()).as(entry.name()).isPresent();
      }
    }
  }

  @Test
  void theRecommendedOnesArePinnedAndFreeToUse() {
    List<CatalogueEntry> recommended = Catalogues.bundled().recommended();
    assertThat(recommended)
        .extracting(CatalogueEntry::name)
        .containsExactlyInAnyOrder(
            "commfor-lowq", "gend-clip", "yunet", "spectra-aasist3-int8", "silero-vad");
    assertThat(recommended)
        .allMatch(CatalogueEntry::isPinned)
        .allMatch(entry -> entry.restriction().isEmpty())
        .allMatch(entry -> entry.use().looksAt().isPresent())
        .allMatch(entry -> entry.licences().data().isPresent())
        .allMatch(entry -> RefusedModels.bundled().of(entry).isEmpty());
  }

  @Test
  void trainingDataAreNeverCalledPermissive() {
    for (CatalogueEntry entry : Catalogues.bundled().entries()) {
      assertThat(entry.licences().data().orElse("")).doesNotContainIgnoringCase("permissive");
    }
  }

  @Test
  void whatWasMeasuredBelongsToTheFileAndThePreprocessingOfTheEntry() {
    int tables = 0;
    for (CatalogueEntry entry : Catalogues.bundled().entries()) {
      if (entry.product() instanceof Product.Ready ready) {
        ModelManifest manifest =
            ModelManifest.read(
                ready.manifest().complete(entry.name(), "1", "MIT", List.of(), entry.checksums()));
        Optional<ReliabilityTable> table =
            manifest.detector().flatMap(ModelRole.Detector::reliability);
        if (table.isPresent()) {
          tables++;
          assertThat(table.get().model()).isEqualTo(manifest.files().get(manifest.modelFile()));
          assertThat(table.get().preprocessing())
              .as(entry.name())
              .isEqualTo(manifest.preprocessingDigest());
        }
      }
    }
    assertThat(tables).isEqualTo(2);
  }

  @Test
  void whereNothingIsInstalledOneLineSaysWhatToRunHowLargeItIsAndUnderWhichLicences(
      @TempDir Path models) {
    String hint = FirstUse.hint(models).orElseThrow();
    assertThat(hint).contains("./touchstone models install (1.6 GB; weights under MIT, Apache-2.0");
    assertThat(hint.lines()).hasSize(1);
    assertThat(new GenConVitKind().howToInstall())
        .contains("./touchstone models install", "1.6 GB; weights under MIT and Apache-2.0");

    byte[] model = TestModels.means(8, new float[][] {{1, 0, 0}}, new float[1]);
    TestModels.install(models, TestModels.manifest("reds", "1", 8), model);
    assertThat(FirstUse.hint(models)).isEmpty();
  }
}
