package org.touchstone.mentions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.touchstone.storage.BotHealth;

/**
 * Writes one line of log per poll of a platform. Its fields {@code botPlatform}, {@code botSeen}
 * and so on are what a dashboard adds up: metrics of each would cost.
 */
final class HealthLog {
  private static final Logger LOG = Logger.getLogger(HealthLog.class);

  private HealthLog() {}

  /** Logs how the bot does after a poll. */
  static void polled(BotHealth health) {
    Map<String, String> fields = fields(health);
    try {
      fields.forEach(MDC::put);
      LOG.infof("the bot on %s: %s", health.platform(), fields);
    } finally {
      fields.keySet().forEach(MDC::remove);
    }
  }

  /** The fields; those that are not known are left out. */
  static Map<String, String> fields(BotHealth health) {
    Map<String, String> fields = new LinkedHashMap<>();
    put(fields, "botPlatform", health.platform());
    put(fields, "botSeen", health.today().seen());
    put(fields, "botReplied", health.today().replied());
    put(
        fields,
        "botFailed",
        health.today().failed().values().stream().mapToLong(Long::longValue).sum());
    put(fields, "botFailures", text(health.today().failed()));
    put(fields, "botLatencySeconds", health.latencySeconds());
    if (health.queue() != null) {
      put(fields, "botOpen", health.queue().open());
      put(fields, "botQueueSeconds", health.queue().oldestSeconds());
      put(fields, "botRemaining", text(health.queue().remaining()));
    }
    put(fields, "botHeld", health.held());
    put(fields, "botDead", health.dead());
    put(fields, "botUsdMicros", health.spentMicros());
    put(fields, "botCapReached", health.capReached());
    put(fields, "botPausedFor", health.pausedFor());
    return fields;
  }

  private static String text(Map<String, Long> counts) {
    return counts.isEmpty()
        ? null
        : new TreeMap<>(counts)
            .entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
  }

  private static void put(Map<String, String> fields, String name, Object value) {
    if (value != null) {
      fields.put(name, value.toString());
    }
  }
}
