package org.touchstone.storage;

import java.time.Instant;
import java.util.Objects;
import org.touchstone.domain.Job;

/**
 * The question to which a callback is the answer.
 *
 * @param voter who was asked
 * @param job the job that the question belongs to, as its message has it
 * @param until when a callback is too late
 * @param header the header of the callback to be kept, which proves where it is from; null for none
 */
public record CallbackTicket(String voter, Job job, Instant until, String header) {
  public CallbackTicket {
    Objects.requireNonNull(voter, "voter");
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(until, "until");
  }
}
