package org.touchstone.domain.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;
import org.touchstone.domain.ProblemType;

/**
 * One attempt to deliver an event. Nothing of the receiver's answer is kept but its status.
 *
 * @param at when it began
 * @param millis how long it took, in milliseconds; absent when its outcome was lost
 * @param status the HTTP status of the answer; absent without an answer
 * @param error why there was no answer; absent with one. {@code internal} when the outcome was
 *     lost: the receiver may have got the message
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attempt(Instant at, Long millis, Integer status, ProblemType error) {
  private static final int SUCCESS = 2;
  private static final int CLASS = 100;

  public Attempt {
    Objects.requireNonNull(at, "at");
  }

  /** Whether the receiver accepted the message. */
  public boolean isAccepted() {
    return status != null && status / CLASS == SUCCESS;
  }
}
