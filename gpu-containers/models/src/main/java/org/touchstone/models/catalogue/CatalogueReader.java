package org.touchstone.models.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.touchstone.domain.Json;

/**
 * Reads catalogues strictly: a restriction that is misspelt must not be lost.
 *
 * @param detectors the detectors that checkpoints can become
 */
public record CatalogueReader(List<String> detectors) {
  private static final int MAX_BYTES = 1 << 20;

  public CatalogueReader {
    detectors = List.copyOf(detectors);
  }

  /**
   * Joins the catalogues of several sources, such as resources.
   *
   * @throws CatalogueException saying what is wrong with one of them
   * @throws UncheckedIOException when one cannot be read
   */
  public Catalogue read(List<URL> sources) {
    List<CatalogueEntry> entries = new ArrayList<>();
    for (URL source : sources) {
      try (InputStream in = source.openStream()) {
        entries.addAll(entries(in));
      } catch (IOException e) {
        throw new UncheckedIOException("a catalogue cannot be read", e);
      }
    }
    return new Catalogue(entries);
  }

  /**
   * Reads a catalogue from a file.
   *
   * @throws CatalogueException when it cannot be read, or saying what is wrong with it
   */
  public Catalogue read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new Catalogue(entries(in));
    } catch (IOException e) {
      throw new CatalogueException("the catalogue cannot be read, or is not JSON");
    }
  }

  private List<CatalogueEntry> entries(InputStream in) throws IOException {
    byte[] json = in.readNBytes(MAX_BYTES + 1);
    if (json.length > MAX_BYTES) {
      throw new CatalogueException("the catalogue is too large");
    }
    CatalogueFields root = new CatalogueFields(Json.mapper().readTree(json));
    return root.list("models", new EntryReader(detectors)::entry);
  }
}
