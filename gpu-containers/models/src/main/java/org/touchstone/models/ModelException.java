package org.touchstone.models;

/**
 * An installed model cannot be used. The message names the model's files and fields, but not their
 * paths.
 */
public class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
