package org.touchstone.client.model;

import java.util.List;

/**
 * Some of the audit log, newest first.
 *
 * @param items the entries
 * @param nextCursor where the next page starts; absent on the last page
 */
public record AuditPage(List<AuditEntry> items, String nextCursor) {
  public AuditPage {
    items = items == null ? List.of() : List.copyOf(items);
  }
}
