package org.touchstone.client.model;

import java.util.List;

/**
 * An account's caps.
 *
 * @param caps the caps
 * @param uses how far each is used up
 */
public record AccountCaps(Caps caps, List<CapUse> uses) {
  public AccountCaps {
    uses = uses == null ? List.of() : List.copyOf(uses);
  }
}
