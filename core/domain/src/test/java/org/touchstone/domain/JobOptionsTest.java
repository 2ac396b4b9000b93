package org.touchstone.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobOptionsTest {
  @Test
  void optionsOfEarlierVersionsAllowWhatIsConfigured() {
    assertThat(read("{\"force\":true}")).isEqualTo(new JobOptions(true));
    assertThat(read("{\"force\":true}").allowsThirdParties()).isTrue();
    assertThat(read("{\"thirdParties\":\"none\"}").allowsThirdParties()).isFalse();
    assertThat(Json.string(JobOptions.DEFAULT)).isEqualTo("{\"force\":false}");
    assertThatThrownBy(() -> read("{\"thirdParties\":\"nobody\"}"))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aLanguageIsKeptAndOneOfEarlierVersionsIsAbsent() {
    JobOptions german = JobOptions.DEFAULT.withLanguage("de");
    assertThat(read(Json.string(german))).isEqualTo(german);
    assertThat(read("{\"force\":true}").language()).isNull();
  }

  @Test
  void withoutADetectorNothingRuns() {
    JobOptions none = new JobOptions(false, null, null, List.of(), null, null);
    assertThat(none.runsNothing()).isTrue();
    assertThat(none.skipsDetectors()).isFalse();
    assertThat(new JobOptions(false, null, null, null, null, true).runsNothing()).isTrue();
    assertThat(new JobOptions(false, null, null, List.of("ufd"), null, null).runsNothing())
        .isFalse();
    assertThat(JobOptions.DEFAULT.runsNothing()).isFalse();
    assertThat(Json.string(none)).isEqualTo("{\"force\":false,\"detectors\":[]}");
  }

  private static JobOptions read(String json) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), JobOptions.class);
  }
}
