package org.touchstone.local.stack;

import java.util.concurrent.CompletableFuture;
import org.touchstone.intake.AnalysisService;

/** A running stack, as commands use it. */
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

  /** The account of calls from this machine. */
  public String keyId() {
    return keyId;
  }

  /** Completes when the analysis has ended, also if it ended before this call. */
  public CompletableFuture<Void> ended(String analysisId) {
    return events.ended(analysisId);
  }

  public Addresses addresses() {
    return addresses;
  }
}
