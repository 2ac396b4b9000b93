package org.touchstone.mentions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.storage.BotHealth;

/**
 * Called by a schedule: polls for mentions and works on those that are open. The event may name one
 * platform ({@code {"platform": "x"}}), so that each can have a schedule of its own; otherwise all
 * are polled.
 */
@Named("mentions")
@ApplicationScoped
public class MentionsHandler implements RequestHandler<Map<String, Object>, List<BotHealth>> {
  /** How long a run lasts where nothing limits it. */
  private static final Duration BUDGET = Duration.ofMinutes(4);

  /** What one mention may take that was begun just before the end. */
  private static final Duration TO_END = Duration.ofSeconds(90);

  private final Bot bot;

  @Inject
  public MentionsHandler(Bot bot) {
    this.bot = bot;
  }

  @Override
  public List<BotHealth> handleRequest(Map<String, Object> event, Context context) {
    Duration budget =
        Optional.ofNullable(context)
            .map(lambda -> Duration.ofMillis(lambda.getRemainingTimeInMillis()).minus(TO_END))
            .filter(left -> left.isPositive() && left.compareTo(BUDGET) < 0)
            .orElse(BUDGET);
    List<String> platforms =
        event != null && event.get("platform") instanceof String name
            ? List.of(name)
            : bot.platforms();
    return platforms.stream()
        .map(name -> bot.poll(name, budget.dividedBy(platforms.size())))
        .peek(HealthLog::polled)
        .toList();
  }
}
