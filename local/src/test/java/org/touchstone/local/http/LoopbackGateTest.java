package org.touchstone.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackGateTest {
  @ParameterizedTest
  @ValueSource(strings = {"/v1/callbacks/01arz3ndektsv4rrffq69g5fav", "/v1/callbacks/x"})
  void publicNameIsForCallbacks(String path) {
    assertThat(LoopbackGate.isCallback(path)).isTrue();
  }

  /** A router resolves dots and escapes before it looks for the method to call. */
  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "/v1/analyses",
        "/v1/callbacks/",
        "/v1/callbacks/../analyses",
        "/v1/callbacks/%2e%2e/analyses",
        "/v1/callbacks/x/../../analyses",
        "/v1/callbacks/..",
        "/v1/callbacks/x;y",
        "//v1/callbacks/x"
      })
  void publicNameIsForNothingElse(String path) {
    assertThat(LoopbackGate.isCallback(path)).isFalse();
  }
}
