package org.touchstone.telemetry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * While a scope is open, every log line and metric of this thread names its analysis and, if the
 * environment uses tracing, its trace.
 */
public final class AnalysisScope implements AutoCloseable {
  /** The field of log lines that holds the analysis' id. */
  public static final String KEY = "analysisId";

  /** The field of log lines that holds the trace's id. */
  public static final String TRACE_KEY = "traceId";

  /** The property in which both of Lambda's Java runtimes put the trace header of the event. */
  private static final String TRACE_HEADER_PROPERTY = "com.amazonaws.xray.traceHeader";

  private static final Pattern ROOT = Pattern.compile("(?:^|;)\\s*Root=([0-9a-f-]{1,64})");

  private final Object outer = MDC.get(KEY);
  private final Object outerTrace = MDC.get(TRACE_KEY);

  private AnalysisScope(String analysisId, String traceHeader) {
    if (analysisId != null) {
      MDC.put(KEY, analysisId);
    }
    Matcher root = ROOT.matcher(traceHeader == null ? "" : traceHeader);
    if (root.find()) {
      MDC.put(TRACE_KEY, root.group(1));
    }
  }

  /** Opens a scope in Lambda's current trace. */
  public static AnalysisScope of(String analysisId) {
    return of(analysisId, System.getProperty(TRACE_HEADER_PROPERTY));
  }

  /**
   * Opens a scope.
   *
   * @param analysisId the analysis, or null for a scope without one
   * @param traceHeader X-Ray's trace header ({@code Root=…;Parent=…;Sampled=…}), or null
   */
  public static AnalysisScope of(String analysisId, String traceHeader) {
    return new AnalysisScope(analysisId, traceHeader);
  }

  @Override
  public void close() {
    restore(KEY, outer);
    restore(TRACE_KEY, outerTrace);
  }

  private static void restore(String key, Object value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }
}
