package org.touchstone.telemetry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Wires the metrics. Configuration: {@code touchstone.metrics.namespace}, CloudWatch's namespace;
 * without it no metrics are written. {@code touchstone.metrics.detailed}: whether all metrics go
 * there; by default most are only log lines.
 */
@ApplicationScoped
public class TelemetryBeans {
  @Produces
  @Singleton
  Metrics metrics(
      @ConfigProperty(name = "touchstone.metrics.namespace") Optional<String> namespace,
      @ConfigProperty(name = "touchstone.metrics.detailed", defaultValue = "false")
          boolean detailed) {
    return new Metrics(
        namespace.orElse(null), detailed, InstantSource.system(), System.out::println);
  }
}
