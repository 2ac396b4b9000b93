package org.touchstone.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
  private final Random random = new Random(7);

  @Test
  void readsWhatItMade() {
    for (int i = 0; i < 100; i++) {
      KeyText key = KeyText.create(random);
      KeyText read = KeyText.parse(key.reveal()).orElseThrow();
      assertThat(read.id()).isEqualTo(key.id());
      assertThat(read.matches(key.sha256())).isTrue();
    }
  }

  @Test
  void noticesEveryMistypedCharacter() {
    String text = KeyText.create(random).reveal();
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'x' ? 'y' : 'x';
      String mistyped = text.substring(0, i) + other + text.substring(i + 1);
      assertThat(KeyText.parse(mistyped)).as(mistyped).isEmpty();
    }
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"tsk_", "tsk_0000000000000_", "Bearer tsk_1", "\u0000"})
  void readsNothingElse(String text) {
    assertThat(KeyText.parse(text)).isEmpty();
  }

  @Test
  void hasAFormThatScannersForSecretsFind() {
    assertThat(KeyText.create(random).reveal())
        .matches("tsk_[0-9a-z]{13}_[0-9a-z]{59}")
        .matches(KeyText.PATTERN);
  }

  @Test
  void isNotPrintedByAccident() {
    KeyText key = KeyText.create(random);
    assertThat(key.toString()).contains(key.id()).doesNotContain(key.reveal().substring(18));
  }

  @Test
  void differsFromEveryOther() {
    KeyText key = KeyText.create(random);
    assertThat(key.matches(KeyText.create(random).sha256())).isFalse();
  }
}
