package org.touchstone.mentions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.touchstone.storage.BotDay;
import org.touchstone.storage.BotHealth;
import org.touchstone.storage.BotQueue;

class HealthLogTest {
  private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");

  @Test
  void saysWhatADashboardShowsAndLeavesOutWhatIsNotKnown() {
    BotHealth health =
        new BotHealth(
            "x",
            NOW,
            null,
            null,
            Map.of(),
            new BotQueue(NOW, 3, 90, Map.of("poll", 299L), null),
            new BotDay(7, 4, Map.of(), Map.of("expired", 2L, "analysis", 1L), 0, 0),
            null,
            1,
            3,
            64_000,
            false);

    assertThat(HealthLog.fields(health))
        .containsEntry("botPlatform", "x")
        .containsEntry("botSeen", "7")
        .containsEntry("botFailed", "3")
        .containsEntry("botFailures", "analysis 1, expired 2")
        .containsEntry("botQueueSeconds", "90")
        .containsEntry("botRemaining", "poll 299")
        .containsEntry("botUsdMicros", "64000")
        .doesNotContainKeys("botLatencySeconds", "botPausedFor");
  }
}
