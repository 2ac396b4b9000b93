package org.touchstone.telemetry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.MDC;
import org.touchstone.domain.Json;
import org.touchstone.telemetry.Metric.Scope;

/**
 * Writes metrics as log lines: those that are wanted as metrics in CloudWatch as lines of
 * CloudWatch's embedded metric format
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html):
 * JSON log lines from which CloudWatch reads the metric, so that neither a call nor a permission is
 * needed; the others as lines of the same fields, which Logs Insights adds up. Thread-safe.
 */
public final class Metrics {
  private static final int MAX_VALUE_LENGTH = 100;

  private final String namespace;
  private final Set<Scope> inCloudWatch;
  private final InstantSource clock;
  private final Consumer<String> out;

  /**
   * Creates a writer.
   *
   * @param namespace CloudWatch's namespace, or null to write nothing
   * @param detailed whether all metrics are metrics in CloudWatch, and not only the standard ones
   * @param out receives complete lines without line breaks
   */
  public Metrics(String namespace, boolean detailed, InstantSource clock, Consumer<String> out) {
    this.namespace = namespace;
    this.inCloudWatch = detailed ? Set.of(Scope.values()) : Set.of(Scope.STANDARD);
    this.clock = Objects.requireNonNull(clock, "clock");
    this.out = Objects.requireNonNull(out, "out");
  }

  /** Writes all metrics as metrics in CloudWatch; otherwise as above. */
  public Metrics(String namespace, InstantSource clock, Consumer<String> out) {
    this(namespace, true, clock, out);
  }

  /** Metrics that are not written. */
  public static Metrics none() {
    return new Metrics(null, false, InstantSource.system(), line -> {});
  }

  /** Whether metrics are written. If not, callers can skip costly measurements. */
  public boolean isWritten() {
    return namespace != null;
  }

  /** Adds one to a metric that counts. */
  public void count(Metric metric, String... dimensions) {
    put(metric, 1, dimensions);
  }

  /**
   * Writes a value. The line also names the current analysis, as a property and not as a dimension.
   *
   * @param dimensions values of the metric's dimensions, in their order
   * @throws IllegalArgumentException when their number differs from the metric's
   */
  public void put(Metric metric, double value, String... dimensions) {
    if (dimensions.length != metric.dimensions().size()) {
      throw new IllegalArgumentException(
          metric.title() + " has " + metric.dimensions().size() + " dimensions");
    }
    if (!isWritten()) {
      return;
    }
    ObjectNode line = Json.mapper().createObjectNode();
    if (inCloudWatch.contains(metric.scope())) {
      describe(metric, line);
    }
    List<Dimension> of = metric.dimensions();
    for (int i = 0; i < of.size(); i++) {
      line.put(of.get(i).title(), valid(dimensions[i]));
    }
    line.put(metric.title(), value);
    if (MDC.get(AnalysisScope.KEY) instanceof String id) {
      line.put(AnalysisScope.KEY, id);
    }
    out.accept(line.toString());
  }

  /** Adds what makes CloudWatch take a metric out of the line. */
  private void describe(Metric metric, ObjectNode line) {
    ObjectNode aws = line.putObject("_aws").put("Timestamp", clock.instant().toEpochMilli());
    ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
    directive.put("Namespace", namespace);
    ArrayNode names = directive.putArray("Dimensions").addArray();
    metric.dimensions().forEach(dimension -> names.add(dimension.title()));
    directive
        .putArray("Metrics")
        .addObject()
        .put("Name", metric.title())
        .put("Unit", metric.unit().title());
  }

  /** An enum value's name in JSON and as a dimension: lower case, with hyphens. */
  public static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A value that CloudWatch accepts: it rejects a metric with an empty value. */
  private static String valid(String value) {
    if (value == null || value.isBlank()) {
      return "unknown";
    }
    return value.length() > MAX_VALUE_LENGTH ? value.substring(0, MAX_VALUE_LENGTH) : value;
  }
}
