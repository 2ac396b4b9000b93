package org.touchstone.domain.batch;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a batch is. */
public enum BatchStatus {
  /** Lines wait or are analysed. */
  @JsonProperty("running")
  RUNNING,
  /** It was cancelled; the analyses that had been started go on. */
  @JsonProperty("cancelling")
  CANCELLING,
  /** It was cancelled, and all that was started has ended. */
  @JsonProperty("cancelled")
  CANCELLED,
  /** All lines have ended. */
  @JsonProperty("complete")
  COMPLETE;

  static BatchStatus of(BatchProgress progress, boolean isCancelled) {
    boolean hasEnded = progress.endedAt() != null;
    if (isCancelled && !(hasEnded && progress.count(LineStatus.CANCELLED) == 0)) {
      return hasEnded ? CANCELLED : CANCELLING;
    }
    return hasEnded ? COMPLETE : RUNNING;
  }
}
