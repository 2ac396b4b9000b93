package org.touchstone.models.catalogue;

/** What was read as a catalogue is not one. */
public final class CatalogueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CatalogueException(String message) {
    super(message);
  }
}
