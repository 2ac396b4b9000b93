package org.touchstone.endpoint.container;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings.Device;
import org.touchstone.models.ModelStore;
import org.touchstone.telemetry.Metric;
import org.touchstone.telemetry.Metrics;
import org.touchstone.worker.host.GpuSampler;
import org.touchstone.worker.host.TaskProtection;
import org.touchstone.worker.models.ModelSource;
import org.touchstone.worker.models.ModelSync;
import software.amazon.awssdk.services.s3.S3Client;

/** The beans for the machine around the container: models, scale-in protection, GPU metrics. */
@ApplicationScoped
public class HostBeans {
  private static final Logger LOG = Logger.getLogger(HostBeans.class);

  /** Runs before anything reads the model store. */
  private static final int VERY_FIRST = 0;

  private static final Duration GPU_INTERVAL = Duration.ofMinutes(1);

  private final EndpointConfig config;
  private final Metrics metrics;

  public HostBeans(EndpointConfig config, Metrics metrics) {
    this.config = config;
    this.metrics = metrics;
  }

  /** A container without its models does not start; ECS starts another. */
  void syncModels(
      @Observes @Priority(VERY_FIRST) StartupEvent event, Instance<S3Client> s3, ModelStore store)
      throws IOException, InterruptedException {
    EndpointConfig.Models models = config.models();
    if (models.source().isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    ModelSync.Result result =
        new ModelSync(s3.get(), ModelSource.parse(models.source().get()), store)
            .sync(models.names().orElse(Set.of()), models.pins());
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    metrics.put(Metric.MODEL_SYNC_DURATION, millis, config.name());
    LOG.infof(
        "models: %d fetched (%d bytes), %d already present, in %d ms",
        result.fetched(), result.bytes(), result.present(), millis);
  }

  @Produces
  @Singleton
  TaskProtection taskProtection() {
    return TaskProtection.ofJobs(config.ecsAgent().orElse(null), config.jobTimeout());
  }

  void close(@Disposes TaskProtection protection) {
    protection.close();
  }

  @Produces
  @Singleton
  GpuSampler gpuSampler(OnnxModels onnx) {
    return new GpuSampler(
        "nvidia-smi", onnx.device().number(), GPU_INTERVAL, metrics, config.name());
  }

  void sampleGpu(@Observes StartupEvent event, OnnxModels onnx, GpuSampler sampler) {
    if (metrics.isWritten() && onnx.device().kind() == Device.Kind.CUDA) {
      sampler.start();
    }
  }

  void close(@Disposes GpuSampler sampler) {
    sampler.close();
  }
}
