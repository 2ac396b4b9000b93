package org.touchstone.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Some of the audit log, newest first.
 *
 * @param items the entries
 * @param nextCursor where the next page starts; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditPage(List<AuditEntry> items, String nextCursor) {
  public AuditPage {
    items = List.copyOf(items);
  }
}
