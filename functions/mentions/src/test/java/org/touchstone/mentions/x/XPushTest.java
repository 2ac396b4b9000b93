package org.touchstone.mentions.x;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.touchstone.mentions.calls.Bench;
import org.touchstone.mentions.x.XPush.Received;

class XPushTest {
  private static final String EVENT =
      "{\"data\":{\"event_type\":\"post.mention.create\",\"filter\":{\"user_id\":\"42\"}}}";

  private final XPush push =
      new XPush(new Bench(Map.of(XSecret.CONSUMER_SECRET, "secret", XSecret.USER_ID, "42")));

  /** The signatures were made with OpenSSL. */
  @Test
  void answersTheChallenge() {
    assertThat(push.answer("challenge_string"))
        .contains("{\"response_token\":\"sha256=KVLX9CEwUdVdeJfmJAnltj/knkdCqwZJlA1u97xbErw=\"}");
    assertThat(push.answer(null)).isEmpty();
    assertThat(push.answer("")).isEmpty();
    assertThat(push.answer("a b")).isEmpty();
    assertThat(push.answer("x".repeat(600))).isEmpty();
    assertThat(new XPush(new Bench(Map.of())).answer("challenge_string")).isEmpty();
  }

  @Test
  void eventOfXSaysThatItIsTimeToPoll() {
    assertThat(push.receive("sha256=7cbnp/qPO0tHCOQtJWmR+qYPdfbGFHHreipJ8Y5B+W4=", bytes(EVENT)))
        .isEqualTo(Received.POLL);
  }

  @Test
  void eventWithAnotherSignatureOrNoneIsRefused() {
    assertThat(push.receive(null, bytes(EVENT))).isEqualTo(Received.REFUSED);
    assertThat(push.receive("sha256=", bytes(EVENT))).isEqualTo(Received.REFUSED);
    assertThat(
            push.receive("sha256=7cbnp/qPO0tHCOQtJWmR+qYPdfbGFHHreipJ8Y5B+W4=", bytes(EVENT + " ")))
        .isEqualTo(Received.REFUSED);
    assertThat(
            new XPush(new Bench(Map.of()))
                .receive("sha256=7cbnp/qPO0tHCOQtJWmR+qYPdfbGFHHreipJ8Y5B+W4=", bytes(EVENT)))
        .isEqualTo(Received.REFUSED);
  }

  @Test
  void otherEventsAreIgnored() {
    assertThat(push.receive("sha256=2DJYCmt4W93ELP1eGa9q/Iu4OWEGeWjum7jXvfRd8Fg=", bytes("[1]")))
        .isEqualTo(Received.IGNORED);
    assertThat(
            new XPush(new Bench(Map.of(XSecret.CONSUMER_SECRET, "secret", XSecret.USER_ID, "7")))
                .receive("sha256=7cbnp/qPO0tHCOQtJWmR+qYPdfbGFHHreipJ8Y5B+W4=", bytes(EVENT)))
        .isEqualTo(Received.IGNORED);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
