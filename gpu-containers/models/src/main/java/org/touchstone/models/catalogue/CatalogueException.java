package org.touchstone.models.catalogue;

/** A catalogue is not valid. */
public final class CatalogueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CatalogueException(String message) {
    super(message);
  }
}
