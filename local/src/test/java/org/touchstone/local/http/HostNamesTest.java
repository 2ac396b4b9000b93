package org.touchstone.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
  private final HostNames names = new HostNames(List.of("lab.example.org", "Box"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8080",
        "localhost.:8080",
        "127.0.0.1:8080",
        "127.1.2.3",
        "[::1]:8080",
        "lab.example.org:80",
        "box"
      })
  void namesOfThisMachineAreAccepted(String host) {
    assertThat(names.accepts(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example:127.0.0.1",
        "10.0.0.1",
        "[::2]",
        "localhost@evil.example",
        "user:localhost",
        "localhost:80:80",
        "0.0.0.0",
        "",
        " "
      })
  void otherNamesAreNot(String host) {
    assertThat(names.accepts(host)).isFalse();
  }

  @Test
  void onlyPagesOfConfiguredHostsCount() {
    assertThat(names.isConfiguredOrigin("https://lab.example.org")).isTrue();
    assertThat(names.isConfiguredOrigin("http://localhost:3000")).isFalse();
    assertThat(names.isConfiguredOrigin("null")).isFalse();
    assertThat(names.isConfiguredOrigin("https://lab.example.org.evil.example")).isFalse();
  }
}
