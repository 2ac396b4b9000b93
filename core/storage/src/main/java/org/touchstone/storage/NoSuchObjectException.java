package org.touchstone.storage;

/** An expected object does not exist. */
public final class NoSuchObjectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NoSuchObjectException(String key) {
    super("there is no object " + key);
  }
}
