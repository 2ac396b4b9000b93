package org.touchstone.worker.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.touchstone.telemetry.Metric;
import org.touchstone.telemetry.Metrics;

/**
 * Publishes how busy the GPU is, as reported by {@code nvidia-smi}. NVIDIA's container runtime puts
 * that program into every container with the {@code utility} capability.
 */
public final class GpuSampler implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(GpuSampler.class);
  private static final Pattern LINE = Pattern.compile("\\s*(\\d{1,3}), (\\d{1,9}), (\\d{1,9})\\s*");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_OUTPUT_BYTES = 4096;

  private final List<String> command;
  private final Metrics metrics;
  private final String endpoint;
  private final Thread thread;

  /**
   * One reading of the GPU.
   *
   * @param utilization percentage of the time in which a kernel ran
   * @param memoryUsed percentage of the GPU's memory in use
   */
  record Reading(double utilization, double memoryUsed) {}

  /**
   * Creates a sampler that is not started yet.
   *
   * @param program {@code nvidia-smi}, or the path to it
   * @param device the GPU's number
   */
  public GpuSampler(
      String program, int device, Duration interval, Metrics metrics, String endpoint) {
    this.command =
        List.of(
            program,
            "--id=" + device,
            "--query-gpu=utilization.gpu,memory.used,memory.total",
            "--format=csv,noheader,nounits");
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    this.thread = Thread.ofVirtual().name("gpu-sampler").unstarted(() -> sample(interval));
  }

  /** Starts to publish readings. */
  public void start() {
    thread.start();
  }

  private void sample(Duration interval) {
    try {
      while (true) {
        Optional<Reading> reading = read();
        if (reading.isEmpty()) {
          LOG.warn("nvidia-smi reports nothing about the GPU; there will be no GPU metrics");
          return;
        }
        metrics.put(Metric.GPU_UTILIZATION, reading.get().utilization(), endpoint);
        metrics.put(Metric.GPU_MEMORY_USED, reading.get().memoryUsed(), endpoint);
        Thread.sleep(interval);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The current reading; empty if {@code nvidia-smi} is missing, hangs or prints something else.
   */
  Optional<Reading> read() throws InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      return Optional.empty();
    }
    try (InputStream out = process.getInputStream()) {
      if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        return Optional.empty();
      }
      return parse(new String(out.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return Optional.empty();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Optional<Reading> parse(String output) {
    Matcher line = LINE.matcher(output);
    if (!line.matches() || Long.parseLong(line.group(3)) == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Reading(
            Integer.parseInt(line.group(1)),
            100.0 * Long.parseLong(line.group(2)) / Long.parseLong(line.group(3))));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
