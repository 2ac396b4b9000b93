package org.touchstone.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
  private static final Instant NOW = Instant.ofEpochSecond(1614265330);

  /** The example of Standard Webhooks' own libraries. */
  @Test
  void signsAsStandardWebhooksDoes() {
    SigningSecret secret = new SigningSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", null);

    assertThat(
            WebhookSignature.headers(
                "msg_p5jXN8AQM9LWM0D4loKWxJek", NOW, "{\"test\": 2432232314}", List.of(secret)))
        .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
        .containsEntry("webhook-timestamp", "1614265330")
        .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void secretHasAsManyBytesAsTheStandardAsksFor() {
    String text = SigningSecret.create(new SecureRandom()).text();

    assertThat(Base64.getDecoder().decode(text.substring("whsec_".length())).length)
        .isBetween(24, 64);
  }

  @Test
  void secretIsNotPrinted() {
    SigningSecret secret = SigningSecret.create(new SecureRandom());

    assertThat(secret.toString()).doesNotContain(secret.text().substring(6));
  }

  @Test
  void rotatedSecretSignsUntilItEnds() {
    SigningSecret secret =
        SigningSecret.create(new SecureRandom()).endingBy(NOW.plus(Duration.ofHours(1)));

    assertThat(secret.signsAt(NOW)).isTrue();
    assertThat(secret.signsAt(NOW.plus(Duration.ofHours(1)))).isFalse();
    assertThat(secret.endingBy(NOW.plus(Duration.ofHours(2)))).isEqualTo(secret);
  }

  @Test
  void nothingIsSentUnsigned() {
    assertThatThrownBy(() -> WebhookSignature.headers("evt", NOW, "{}", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
