package org.touchstone.local.models;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.touchstone.checkpoints.Networks;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.models.catalogue.Catalogue;
import org.touchstone.models.catalogue.CatalogueException;
import org.touchstone.models.catalogue.CatalogueReader;

/** The catalogues of models that can be installed here. */
public final class Catalogues {
  private static final CatalogueReader READER = new CatalogueReader(Networks.names());

  private Catalogues() {}

  /** The bundled catalogue: models that run as they are published, then those of every network. */
  public static Catalogue bundled() {
    return READER.read(
        Stream.concat(
                Stream.of(Catalogue.published()),
                Networks.all().stream().map(PublishedNetwork::catalogue))
            .toList());
  }

  /**
   * Reads an organisation's own catalogue.
   *
   * @throws CatalogueException when the file cannot be read or is not a valid catalogue
   */
  public static Catalogue read(Path file) {
    return READER.read(file);
  }
}
