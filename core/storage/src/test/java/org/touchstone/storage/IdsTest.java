package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.123Z");

  private final Random random = new Random(1);

  @Test
  void makesIdsThatSortByTime() {
    List<String> ids =
        Stream.iterate(NOW, at -> at.plusMillis(1))
            .limit(1000)
            .map(at -> Ids.analysisId(at, random))
            .toList();

    assertThat(ids).isSorted().allMatch(Ids::isAnalysisId).doesNotHaveDuplicates();
  }

  @Test
  void makesDifferentIdsInTheSameMillisecond() {
    assertThat(Stream.generate(() -> Ids.analysisId(NOW, random)).limit(1000))
        .doesNotHaveDuplicates();
  }

  @Test
  void writesTimeAndRandomBitsAsAUlidDoes() {
    String lowest = Ids.analysisId(Instant.EPOCH, constant(0));
    String highest = Ids.analysisId(Instant.ofEpochMilli((1L << 48) - 1), constant(-1));

    assertThat(lowest).isEqualTo("0".repeat(26));
    assertThat(highest).isEqualTo("7" + "z".repeat(25));
    assertThat(Ids.analysisId(Instant.ofEpochMilli(1469918176385L), constant(0)))
        .startsWith("01aryz6s41");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 48})
  void refusesAnInstantThatDoesNotFit(long millis) {
    assertThatThrownBy(() -> Ids.analysisId(Instant.ofEpochMilli(millis), random))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesOneIdPerAccountAndIdempotencyKey() {
    String id = Ids.analysisIdFor("account", "order-1");

    assertThat(id).isEqualTo(Ids.analysisIdFor("account", "order-1"));
    assertThat(Ids.isAnalysisId(id)).isTrue();
    assertThat(id)
        .isNotEqualTo(Ids.analysisIdFor("account", "order-2"))
        .isNotEqualTo(Ids.analysisIdFor("other", "order-1"));
    assertThat(Ids.analysisIdFor("ab", "c")).isNotEqualTo(Ids.analysisIdFor("a", "bc"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "../../../accounts/other/ana",
        "01aryz6s410000000000000000\n",
        "01ARYZ6S410000000000000000",
        "01aryz6s41000000000000000",
        "81aryz6s410000000000000000",
        "01aryz6s41000000000000000u"
      })
  void refusesWhatIsNoId(String id) {
    assertThat(Ids.isAnalysisId(id)).isFalse();
  }

  private static Random constant(long bits) {
    return new Random() {
      private static final long serialVersionUID = 1L;

      @Override
      public long nextLong() {
        return bits;
      }
    };
  }
}
