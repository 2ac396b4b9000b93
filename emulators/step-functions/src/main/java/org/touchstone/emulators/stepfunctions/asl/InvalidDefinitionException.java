package org.touchstone.emulators.stepfunctions.asl;

import java.util.List;
import java.util.stream.Collectors;

/** A definition that cannot be run, with all its faults. */
public final class InvalidDefinitionException extends Exception {
  private static final int SHOWN = 10;

  private final transient List<Diagnostic> diagnostics;

  public InvalidDefinitionException(List<Diagnostic> diagnostics) {
    super(
        "Invalid State Machine Definition: '"
            + diagnostics.stream()
                .limit(SHOWN)
                .map(Diagnostic::toString)
                .collect(Collectors.joining(", "))
            + "'");
    this.diagnostics = List.copyOf(diagnostics);
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
