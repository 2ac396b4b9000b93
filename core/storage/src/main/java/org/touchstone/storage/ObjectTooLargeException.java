package org.touchstone.storage;

/** An object is larger than its reader allows; none of its bytes were kept. */
public final class ObjectTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ObjectTooLargeException(String key, long maxBytes) {
    super("object " + key + " has more than " + maxBytes + " bytes");
  }
}
