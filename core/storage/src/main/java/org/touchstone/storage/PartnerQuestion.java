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
 */
public record PartnerQuestion(
    String id, Instant until, Map<String, String> kept, List<Finding> sent, DetectorReport report) {

  public PartnerQuestion {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(until, "until");
    kept = kept == null ? Map.of() : Map.copyOf(kept);
    sent = sent == null ? List.of() : List.copyOf(sent);
  }
}
