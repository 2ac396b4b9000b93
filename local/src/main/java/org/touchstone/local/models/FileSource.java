package org.touchstone.local.models;

import java.nio.file.Path;
import org.touchstone.models.catalogue.CatalogueEntry;
import org.touchstone.models.catalogue.CatalogueFile;

/** Where the files of published models come from. */
@FunctionalInterface
public interface FileSource {
  /**
   * Gets a file that matches the catalogue.
   *
   * @param folder for files that must be written
   * @return the file; one outside of the folder belongs to somebody else and must not be moved
   * @throws DownloadException when it cannot be had or does not match the catalogue
   */
  Path get(CatalogueEntry entry, CatalogueFile file, Path folder, DownloadProgress progress);
}
