package org.touchstone.local.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.touchstone.checkpoints.Networks;
import org.touchstone.models.catalogue.CatalogueEntry;

class CataloguesTest {
  @Test
  void theBundledOneNamesModelsThatCanBeImportedFromEncryptedAddresses() {
    assertThat(Catalogues.bundled().entries())
        .extracting(CatalogueEntry::name)
        .containsAll(Networks.names());
    for (CatalogueEntry entry : Catalogues.bundled().entries()) {
      assertThat(entry.files()).allMatch(file -> file.link().scheme().equals("https"));
      assertThat(entry.files().isEmpty() && entry.note().isEmpty()).as(entry.name()).isFalse();
    }
  }

  @Test
  void theBundledOneAsksBeforeItInstallsWeightsOfRestrictedOrUnstatedLicence() {
    for (CatalogueEntry entry : Catalogues.bundled().entries()) {
      if (entry.licence().matches(".*(NC|research|unstated|without an explicit).*")) {
        assertThat(entry.restriction()).as(entry.name()).isPresent();
      }
    }
  }
}
