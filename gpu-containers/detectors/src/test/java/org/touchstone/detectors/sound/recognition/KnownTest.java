package org.touchstone.detectors.sound.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KnownTest {
  private final Known known = new Known(List.of("en", "no"));

  @Test
  void aLanguageThatIsHeardAndNotNamedIsUndetermined() {
    assertThat(known.tag(1)).isEqualTo("no");
    assertThat(known.tag(2)).isEqualTo("und");
    assertThat(new Known(List.of()).tag(0)).isEqualTo("und");
  }

  @Test
  void aLanguageIsKnownUnderTheWiderTagOfWhisper() {
    assertThat(known.index("en-GB")).hasValue(0);
    assertThat(known.index("nb")).hasValue(1);
    assertThat(known.index("de")).isEmpty();
  }
}
