package org.touchstone.upkeep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Called by a schedule; nothing of its event is read. */
@Named("sweep")
@ApplicationScoped
public class SweepHandler implements RequestHandler<Map<String, Object>, SweepReport> {
  /** How long a run lasts where nothing limits it. */
  private static final Duration BUDGET = Duration.ofMinutes(4);

  /** What one item may take that was begun just before the end. */
  private static final Duration TO_END = Duration.ofSeconds(60);

  private final Sweep sweep;

  @Inject
  public SweepHandler(Sweep sweep) {
    this.sweep = sweep;
  }

  @Override
  public SweepReport handleRequest(Map<String, Object> event, Context context) {
    Duration budget =
        Optional.ofNullable(context)
            .map(lambda -> Duration.ofMillis(lambda.getRemainingTimeInMillis()).minus(TO_END))
            .filter(left -> left.isPositive() && left.compareTo(BUDGET) < 0)
            .orElse(BUDGET);
    return sweep.run(budget);
  }
}
