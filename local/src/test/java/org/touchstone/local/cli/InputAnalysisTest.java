package org.touchstone.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputAnalysisTest {

  @Test
  void namesHaveNoCharacterThatTheApiRejects() {
    for (int c = 0; c < 0x100; c++) {
      String shown = InputAnalysis.shown("a" + (char) c + ".jpg");

      assertThat(shown.chars().noneMatch(Character::isISOControl)).as("U+%04X", c).isTrue();
      assertThat(shown.equals("a?.jpg")).isEqualTo(c == '?' || Character.isISOControl(c));
    }
  }
}
