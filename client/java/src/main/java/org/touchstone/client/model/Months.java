package org.touchstone.client.model;

import java.util.List;

/** The list of months. */
public record Months(List<Month> statements) {
  public Months {
    statements = statements == null ? List.of() : List.copyOf(statements);
  }
}
