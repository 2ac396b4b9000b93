package org.touchstone.local.models;

import java.nio.file.Path;
import org.touchstone.checkpoints.Networks;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.models.catalogue.Catalogue;
import org.touchstone.models.catalogue.CatalogueException;
import org.touchstone.models.catalogue.CatalogueReader;

/** The catalogues of checkpoints that can be imported here. */
public final class Catalogues {
  private static final CatalogueReader READER = new CatalogueReader(Networks.names());

  private Catalogues() {}

  /** The one that comes with the software: that of each network, one after the other. */
  public static Catalogue bundled() {
    return READER.read(Networks.all().stream().map(PublishedNetwork::catalogue).toList());
  }

  /**
   * An organisation's own.
   *
   * @throws CatalogueException when it cannot be read, or saying what is wrong with it
   */
  public static Catalogue read(Path file) {
    return READER.read(file);
  }
}
