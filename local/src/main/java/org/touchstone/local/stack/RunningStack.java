package org.touchstone.local.stack;

import java.util.concurrent.CompletableFuture;
import org.touchstone.intake.AnalysisService;

/** What a command can do once the stack is up. */
public final class RunningStack {
  private final AnalysisService service;
  private final String keyId;
  private final LocalEvents events;
  private final Addresses addresses;

  RunningStack(AnalysisService service, String keyId, LocalEvents events, Addresses addresses) {
    this.service = service;
    this.keyId = keyId;
    this.events = events;
    this.addresses = addresses;
  }

  public AnalysisService service() {
    return service;
  }

  /** The account that calls from this machine belong to. */
  public String keyId() {
    return keyId;
  }

  /** Completes when the analysis has ended; it may have ended before this was called. */
  public CompletableFuture<Void> ended(String analysisId) {
    return events.ended(analysisId);
  }

  public Addresses addresses() {
    return addresses;
  }
}
