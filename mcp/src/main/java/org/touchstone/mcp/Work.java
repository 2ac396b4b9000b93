package org.touchstone.mcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Requests for analyses that are still on their way to the API, such as a long file that is being
 * sent. Each has a ticket that stands for the id until that is known. The oldest tickets are
 * forgotten.
 */
final class Work {
  private static final String PREFIX = "sending-";
  private static final int MAX_TICKETS = 100;

  private final Map<String, CompletableFuture<String>> ids = new LinkedHashMap<>();
  private int last;

  /**
   * Gives a ticket.
   *
   * @param id completes with the analysis' id
   */
  synchronized String ticket(CompletableFuture<String> id) {
    String ticket = PREFIX + ++last;
    ids.put(ticket, id);
    if (ids.size() > MAX_TICKETS) {
      ids.remove(ids.keySet().iterator().next());
    }
    return ticket;
  }

  /** The analysis' id behind a ticket; empty when it is not a ticket, or a forgotten one. */
  synchronized Optional<CompletableFuture<String>> behind(String ticket) {
    return Optional.ofNullable(ids.get(ticket));
  }
}
