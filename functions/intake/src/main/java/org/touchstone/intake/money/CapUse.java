package org.touchstone.intake.money;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.touchstone.billing.CapLimit;
import org.touchstone.billing.CapStanding;

/**
 * How far a cap is used up.
 *
 * @param cap which cap
 * @param limit its size: analyses, or millionths of the currency
 * @param used what counts against it: what was billed and what is reserved
 * @param until the end of its period
 */
@RegisterForReflection
public record CapUse(CapLimit cap, long limit, long used, Instant until) {
  static List<CapUse> of(CapStanding standing) {
    return Arrays.stream(CapLimit.values())
        .filter(cap -> cap.of(standing.caps()) != null)
        .map(
            cap ->
                new CapUse(
                    cap,
                    cap.of(standing.caps()),
                    standing.used().getOrDefault(cap, 0L),
                    cap.end(standing.at())))
        .toList();
  }
}
