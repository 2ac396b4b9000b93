package org.touchstone.worker;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.touchstone.detectors.inference.BatchListener;

/**
 * Measures how models are run. The measurements go to Prometheus and, as one line per model and
 * minute, to the log. They do not go to CloudWatch, which charges for every model.
 */
public final class BatchMetrics implements BatchListener {
  private static final Logger LOG = Logger.getLogger(BatchMetrics.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final MeterRegistry registry;
  private final InstantSource clock;
  private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

  public BatchMetrics(MeterRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
  }

  @Override
  public void waited(String model, Duration time) {
    registry.timer("touchstone.batch.wait", "model", model).record(time);
    tally(model).waited(time);
  }

  @Override
  public void ran(String model, int rows, Duration time) {
    registry.timer("touchstone.batch.run", "model", model).record(time);
    registry.summary("touchstone.batch.rows", "model", model).record(rows);
    String line = tally(model).ran(rows, time, clock.instant());
    if (line != null) {
      LOG.infof("model %s: %s", model, line);
    }
  }

  private Tally tally(String model) {
    return tallies.computeIfAbsent(model, m -> new Tally(clock.instant()));
  }

  /** Counts since the last log line. */
  private static final class Tally {
    private Instant since;
    private long batches;
    private long rows;
    private long waits;
    private Duration waiting = Duration.ZERO;
    private Duration running = Duration.ZERO;

    Tally(Instant since) {
      this.since = since;
    }

    synchronized void waited(Duration time) {
      waits++;
      waiting = waiting.plus(time);
    }

    /** The log line if it is due, otherwise null. */
    synchronized String ran(int moreRows, Duration time, Instant now) {
      batches++;
      rows += moreRows;
      running = running.plus(time);
      if (now.isBefore(since.plus(INTERVAL))) {
        return null;
      }
      String line =
          "%d batches of %.1f rows, %d ms each, after waiting %d ms (means since %s)"
              .formatted(
                  batches,
                  (double) rows / batches,
                  running.toMillis() / batches,
                  waiting.toMillis() / Math.max(1, waits),
                  since);
      since = now;
      batches = 0;
      rows = 0;
      waits = 0;
      waiting = Duration.ZERO;
      running = Duration.ZERO;
      return line;
    }
  }
}
