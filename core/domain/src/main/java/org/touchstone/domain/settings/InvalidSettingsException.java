package org.touchstone.domain.settings;

/** A description is not valid. The message names the field. */
public final class InvalidSettingsException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidSettingsException(String problem) {
    super(problem);
  }
}
