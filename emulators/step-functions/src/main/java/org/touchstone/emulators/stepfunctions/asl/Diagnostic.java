package org.touchstone.emulators.stepfunctions.asl;

/**
 * A fault of a definition.
 *
 * @param code kind of the fault, such as {@code SCHEMA_VALIDATION_FAILED}
 * @param location a JSON pointer into the definition
 */
public record Diagnostic(String code, String message, String location) {
  public static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";
  public static final String INVALID_JSON = "INVALID_JSON_DESCRIPTION";
  public static final String JSONATA = "INVALID_JSONATA_EXPRESSION";
  public static final String TARGET = "MISSING_TRANSITION_TARGET";
  public static final String NO_END = "MISSING_END_STATE";
  public static final String DUPLICATE = "DUPLICATE_STATE_NAME";
  public static final String QUERY_LANGUAGE = "UNSUPPORTED_QUERY_LANGUAGE";
  public static final String RESOURCE = "UNSUPPORTED_RESOURCE";
  public static final String VARIABLE = "INVALID_VARIABLE";

  @Override
  public String toString() {
    return code + ": " + message + " at " + location;
  }
}
