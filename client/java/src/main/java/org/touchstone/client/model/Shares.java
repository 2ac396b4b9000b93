package org.touchstone.client.model;

import java.util.List;

/** The addresses at which an analysis is or was shared. */
public record Shares(List<ShownShare> shares) {
  public Shares {
    shares = shares == null ? List.of() : List.copyOf(shares);
  }
}
