package org.touchstone.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Json;

class WebhookEventTest {
  private static WebhookEvent event(EventType type, String account, String subject, Instant at) {
    return WebhookEvent.of(type, account, subject, at, Map.of("a", 1));
  }

  @Test
  void idIsMadeOfTheFactAlone() {
    WebhookEvent event = event(EventType.CAP_REACHED, "a", "s", Instant.EPOCH);

    assertThat(event.id()).matches("evt_[0-9a-f]{32}");
    assertThat(event(EventType.CAP_REACHED, "a", "s", Instant.now()).id()).isEqualTo(event.id());
    assertThat(event(EventType.BATCH_COMPLETED, "a", "s", Instant.EPOCH).id())
        .isNotEqualTo(event.id());
    assertThat(event(EventType.CAP_REACHED, "b", "s", Instant.EPOCH).id()).isNotEqualTo(event.id());
    assertThat(event(EventType.CAP_REACHED, "a", "t", Instant.EPOCH).id()).isNotEqualTo(event.id());
  }

  @Test
  void isReadAsItWasWritten() {
    WebhookEvent event = event(EventType.ANALYSIS_FAILED, "a", "s", Instant.EPOCH);

    assertThat(Json.read(Json.bytes(event), WebhookEvent.class)).isEqualTo(event);
    assertThat(Json.string(event)).contains("\"type\":\"analysis.failed\"");
  }
}
