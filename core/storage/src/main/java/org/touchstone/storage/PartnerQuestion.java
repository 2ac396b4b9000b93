package org.touchstone.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.Finding;

/**
 * A question to a voter of another organisation about one medium of an analysis.
 *
 * @param id its own id; the same however often it is put
 * @param until how long whoever holds it may be at work on it
 * @param kept what the voter's answers said so far, such as the id of its task
 * @param sent what was sent to whom, and when
 * @param report the result; absent while there is none
 * @param awaited the callback that brings the result; absent for a voter that is not called back,
 *     and in records of older versions
 */
public record PartnerQuestion(
    String id,
    Instant until,
    Map<String, String> kept,
    List<Finding> sent,
    DetectorReport report,
    Awaited awaited) {

  public PartnerQuestion {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(until, "until");
    kept = kept == null ? Map.of() : Map.copyOf(kept);
    sent = sent == null ? List.of() : List.copyOf(sent);
  }

  /**
   * A callback that a voter was asked for.
   *
   * @param callback SHA-256 of its token, see {@link CallbackStore}
   * @param until when the wait for it ends
   * @param asked whether the question has been put; false while whoever holds it is at that
   */
  public record Awaited(String callback, Instant until, boolean asked) {}
}
