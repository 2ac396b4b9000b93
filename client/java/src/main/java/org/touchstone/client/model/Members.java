package org.touchstone.client.model;

import java.util.List;

/** The list of an account's members. */
public record Members(List<ShownMember> members) {
  public Members {
    members = members == null ? List.of() : List.copyOf(members);
  }
}
