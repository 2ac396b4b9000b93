package org.touchstone.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

class AnalysisScopeTest {
  @Test
  void isOverWhenItIsClosed() {
    try (AnalysisScope outer = AnalysisScope.of("a", "Root=1-2-3;Parent=4;Sampled=1")) {
      try (AnalysisScope inner = AnalysisScope.of("b", "Parent=4; Root=1-5-6")) {
        assertThat(MDC.get(AnalysisScope.KEY)).isEqualTo("b");
        assertThat(MDC.get(AnalysisScope.TRACE_KEY)).isEqualTo("1-5-6");
      }
      assertThat(MDC.get(AnalysisScope.KEY)).isEqualTo("a");
      assertThat(MDC.get(AnalysisScope.TRACE_KEY)).isEqualTo("1-2-3");
    }
    assertThat(MDC.get(AnalysisScope.KEY)).isNull();
    assertThat(MDC.get(AnalysisScope.TRACE_KEY)).isNull();
  }

  @Test
  void takesNothingFromWhatIsNoTraceHeader() {
    try (AnalysisScope scope = AnalysisScope.of("a", "Root=\"{evil}\"")) {
      assertThat(MDC.get(AnalysisScope.TRACE_KEY)).isNull();
    }
  }
}
