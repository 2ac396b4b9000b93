package org.touchstone.telemetry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jboss.logging.MDC;
import org.touchstone.domain.Json;

/**
 * Writes metrics as lines of CloudWatch's embedded metric format
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html):
 * a log line of JSON from which CloudWatch takes the metric, so that no call is made and no
 * permission needed. Thread-safe.
 */
public final class Metrics {
  private static final int MAX_VALUE_LENGTH = 100;

  private final String namespace;
  private final InstantSource clock;
  private final Consumer<String> out;

  /**
   * @param namespace CloudWatch's namespace, or null to write nothing
   * @param out takes whole lines, without their end
   */
  public Metrics(String namespace, InstantSource clock, Consumer<String> out) {
    this.namespace = namespace;
    this.clock = Objects.requireNonNull(clock, "clock");
    this.out = Objects.requireNonNull(out, "out");
  }

  /** Metrics that nobody looks at. */
  public static Metrics none() {
    return new Metrics(null, InstantSource.system(), line -> {});
  }

  /** Whether anything is written: what is costly to find out need not be found out otherwise. */
  public boolean isWritten() {
    return namespace != null;
  }

  /** Adds one to a metric that counts. */
  public void count(Metric metric, String... dimensions) {
    put(metric, 1, dimensions);
  }

  /**
   * Writes a value. The line also says which analysis it is about, as a property and not as a
   * dimension.
   *
   * @param dimensions values of the metric's dimensions, in their order
   * @throws IllegalArgumentException when they are not as many as the metric has
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
    ObjectNode aws = line.putObject("_aws").put("Timestamp", clock.instant().toEpochMilli());
    ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
    directive.put("Namespace", namespace);
    ArrayNode names = directive.putArray("Dimensions").addArray();
    directive
        .putArray("Metrics")
        .addObject()
        .put("Name", metric.title())
        .put("Unit", metric.unit().title());
    List<Dimension> of = metric.dimensions();
    for (int i = 0; i < of.size(); i++) {
      names.add(of.get(i).title());
      line.put(of.get(i).title(), valid(dimensions[i]));
    }
    line.put(metric.title(), value);
    if (MDC.get(AnalysisScope.KEY) instanceof String id) {
      line.put(AnalysisScope.KEY, id);
    }
    out.accept(line.toString());
  }

  /** The name of an enum's value as it stands in JSON and as a dimension: lower case, hyphens. */
  public static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** CloudWatch refuses a metric for an empty value. */
  private static String valid(String value) {
    if (value == null || value.isBlank()) {
      return "unknown";
    }
    return value.length() > MAX_VALUE_LENGTH ? value.substring(0, MAX_VALUE_LENGTH) : value;
  }
}
