package org.touchstone.client;

import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import org.touchstone.client.model.AuditPage;

/** The audit log, for keys with the scope admin. */
public final class AuditApi {
  private final Transport transport;

  AuditApi(Transport transport) {
    this.transport = transport;
  }

  /**
   * Who did what and when, newest first.
   *
   * @param from the first day, in UTC; null for the beginning
   * @param to the last day, in UTC; null for today
   */
  public CompletableFuture<AuditPage> list(LocalDate from, LocalDate to, PageQuery page) {
    String path = page.addTo(new Call.Query().add("from", from).add("to", to)).on("/v1/audit");
    return transport.send(Call.get(path), AuditPage.class);
  }
}
