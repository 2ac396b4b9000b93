package org.touchstone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.touchstone.client.model.EventType;

class WebhookVerifierTest {
  private static final String SECRET = secret("first");
  private static final String BODY = "{\"type\":\"analysis.completed\",\"data\":{\"id\":\"a\"}}";
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private final WebhookVerifier verifier = WebhookVerifier.of(InstantSource.fixed(NOW), SECRET);

  private static String secret(String text) {
    return "whsec_" + Base64.getEncoder().encodeToString(text.repeat(5).getBytes());
  }

  /** Signs with the reference implementation of Standard Webhooks. */
  private static Map<String, List<String>> signed(String id, Instant at, String... secrets)
      throws Exception {
    StringBuilder signatures = new StringBuilder();
    for (String secret : secrets) {
      signatures
          .append(signatures.isEmpty() ? "" : " ")
          .append(new Webhook(secret).sign(id, at.getEpochSecond(), BODY));
    }
    Map<String, List<String>> headers = new TreeMap<>();
    headers.put("Webhook-Id", List.of(id));
    headers.put("WEBHOOK-TIMESTAMP", List.of(String.valueOf(at.getEpochSecond())));
    headers.put("webhook-signature", List.of(signatures.toString()));
    return headers;
  }

  private static byte[] body() {
    return BODY.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void acceptsWhatTheReferenceImplementationSigns() throws Exception {
    ReceivedWebhook received = verifier.verify(signed("msg_1", NOW, SECRET), body());

    assertThat(received.id()).isEqualTo("msg_1");
    assertThat(received.sentAt()).isEqualTo(NOW);
    assertThat(received.message().type()).isEqualTo(EventType.ANALYSIS_COMPLETED);
    assertThat(received.message().data().path("id").asText()).isEqualTo("a");
  }

  @Test
  void acceptsOneOfTwoSignaturesAndOneOfTwoSecrets() throws Exception {
    verifier.verify(signed("msg_1", NOW, secret("second"), SECRET), body());
    WebhookVerifier both = WebhookVerifier.of(InstantSource.fixed(NOW), secret("second"), SECRET);
    assertThat(both.verify(signed("msg_1", NOW, SECRET), body()).id()).isEqualTo("msg_1");
  }

  @Test
  void refusesAnotherSecretBodyIdOrTime() throws Exception {
    assertRefused(signed("msg_1", NOW, secret("second")), body());
    assertRefused(signed("msg_1", NOW, SECRET), (BODY + " ").getBytes());
    Map<String, List<String>> other = signed("msg_1", NOW, SECRET);
    other.put("Webhook-Id", List.of("msg_2"));
    assertRefused(other, body());
    Map<String, List<String>> later = signed("msg_1", NOW, SECRET);
    later.put("WEBHOOK-TIMESTAMP", List.of(String.valueOf(NOW.getEpochSecond() + 1)));
    assertRefused(later, body());
  }

  @Test
  void refusesMessagesOfAnotherTime() throws Exception {
    verifier.verify(signed("m", NOW.minusSeconds(299), SECRET), body());
    verifier.verify(signed("m", NOW.plusSeconds(299), SECRET), body());
    assertRefused(signed("m", NOW.minusSeconds(301), SECRET), body());
    assertRefused(signed("m", NOW.plusSeconds(301), SECRET), body());
  }

  @Test
  void refusesWhatIsNoMessage() throws Exception {
    assertRefused(Map.of(), body());
    Map<String, List<String>> twice = signed("m", NOW, SECRET);
    twice.put("webhook-signature", List.of("v1,a", "v1,b"));
    assertRefused(twice, body());
    Map<String, List<String>> notATime = signed("m", NOW, SECRET);
    notATime.put("WEBHOOK-TIMESTAMP", List.of("-1e9"));
    assertRefused(notATime, body());
    Map<String, List<String>> many = signed("m", NOW, SECRET);
    many.put("webhook-signature", List.of("v1,x ".repeat(10_000)));
    assertRefused(many, body());
  }

  @Test
  void saysWithoutRepeatingItThatASecretIsNotOne() {
    assertThatThrownBy(() -> WebhookVerifier.of("whsec_%%%"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("%%%");
    assertThatThrownBy(WebhookVerifier::of).isInstanceOf(IllegalArgumentException.class);
  }

  private void assertRefused(Map<String, List<String>> headers, byte[] body) {
    assertThatThrownBy(() -> verifier.verify(headers, body)).isInstanceOf(WebhookException.class);
  }
}
