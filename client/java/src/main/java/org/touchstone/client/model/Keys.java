package org.touchstone.client.model;

import java.util.List;

/** The list of an account's keys. */
public record Keys(List<ApiKey> keys) {
  public Keys {
    keys = keys == null ? List.of() : List.copyOf(keys);
  }
}
