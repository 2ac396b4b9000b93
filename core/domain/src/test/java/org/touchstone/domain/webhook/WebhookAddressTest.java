package org.touchstone.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemException;

class WebhookAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://desk.example.org/events?key=1",
        "https://desk.example.org:8443/",
        "HTTPS://DESK.example.org"
      })
  void acceptsEncryptedAddresses(String url) {
    assertThat(WebhookAddress.parse(url, false).host()).isEqualTo("desk.example.org");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://desk.example.org/",
        "https://desk.example.org:22/",
        "https://name:word@desk.example.org/",
        "ftp://desk.example.org/",
        "http://127.0.0.1:8080/",
        "https://"
      })
  void refusesOthers(String url) {
    assertThatThrownBy(() -> WebhookAddress.parse(url, false))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith("request.invalid: The address to send events to ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1:8080/", "http://localhost:9/", "http://[::1]:1234/events"})
  void acceptsLoopbackWherePrivateAddressesAre(String url) {
    assertThat(WebhookAddress.parse(url, true).scheme()).isEqualTo("http");
  }

  @Test
  void refusesUnencryptedAddressesOfOthersEvenThere() {
    assertThatThrownBy(() -> WebhookAddress.parse("http://192.168.0.7/", true))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> WebhookAddress.parse("http://127.0.0.1.example.org/", true))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void refusesLongAddresses() {
    assertThatThrownBy(
            () -> WebhookAddress.parse("https://example.org/" + "a".repeat(100_000), false))
        .isInstanceOf(ProblemException.class);
  }
}
