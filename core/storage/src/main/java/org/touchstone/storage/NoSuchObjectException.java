package org.touchstone.storage;

/** There is no object under a key that was expected to have one. */
public final class NoSuchObjectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NoSuchObjectException(String key) {
    super("there is no object " + key);
  }
}
