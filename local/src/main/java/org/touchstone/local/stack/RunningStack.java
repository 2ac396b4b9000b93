package org.touchstone.local.stack;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.touchstone.intake.AnalysisService;

/** A running stack, as commands use it. */
public final class RunningStack {
  private final AnalysisService service;
  private final Optional<String> newKey;
  private final Optional<URI> signIn;
  private final LocalEvents events;
  private final Addresses addresses;
  private final Optional<LocalBot> bot;

  RunningStack(
      AnalysisService service,
      Optional<String> newKey,
      Optional<URI> signIn,
      LocalEvents events,
      Addresses addresses,
      Optional<LocalBot> bot) {
    this.service = service;
    this.newKey = newKey;
    this.signIn = signIn;
    this.events = events;
    this.addresses = addresses;
    this.bot = bot;
  }

  public AnalysisService service() {
    return service;
  }

  /** The account of this machine. */
  public String accountId() {
    return LocalKeys.ACCOUNT;
  }

  /** The API key that was made at this start, to be shown to its holder once. */
  public Optional<String> newKey() {
    return newKey;
  }

  /** The link that signs this machine's owner in, once; empty where nobody has to sign in. */
  public Optional<URI> signIn() {
    return signIn;
  }

  /** Completes when the analysis has ended, also if it ended before this call. */
  public CompletableFuture<Void> ended(String analysisId) {
    return events.ended(analysisId);
  }

  /** The mention bot; empty where no API is served. */
  public Optional<LocalBot> bot() {
    return bot;
  }

  public Addresses addresses() {
    return addresses;
  }
}
