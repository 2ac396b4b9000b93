package org.touchstone.endpoint.container;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.Natives;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.installed.FaceDetectors;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.domain.Json;
import org.touchstone.models.ModelStore;
import org.touchstone.telemetry.Metrics;
import org.touchstone.worker.BatchMetrics;
import org.touchstone.worker.DetectionLimits;
import org.touchstone.worker.DetectorRunner;
import org.touchstone.worker.WorkerMetrics;

/** The beans of the detectors and their dependencies. */
@ApplicationScoped
public class DetectionBeans {
  private static final Logger LOG = Logger.getLogger(DetectionBeans.class);
  private static final int FIRST = 1;

  private final EndpointConfig config;

  public DetectionBeans(EndpointConfig config) {
    Natives.configure();
    this.config = config;
  }

  @Produces
  @Singleton
  ModelStore models() {
    return new ModelStore(config.models().folder(), config.models().pins());
  }

  @Produces
  @Singleton
  OnnxModels onnx(ModelStore models, MeterRegistry registry) {
    EndpointConfig.Models settings = config.models();
    return new OnnxModels(
        models,
        new OnnxSettings(
                OnnxSettings.Device.parse(settings.device()),
                settings.threads(),
                settings.concurrency(),
                settings.memory().asLongValue(),
                new OnnxSettings.Batching(
                    settings.batchMemory().asLongValue(), settings.batchLinger()))
            .heardBy(new BatchMetrics(registry, InstantSource.system())));
  }

  /**
   * Checks the device before any job is accepted: a container that was promised a GPU should not
   * run without it.
   */
  void checkDevice(@Observes @Priority(FIRST) StartupEvent event, OnnxModels onnx) {
    LOG.infof("models run on %s", onnx.device());
  }

  void close(@Disposes OnnxModels onnx) {
    onnx.close();
  }

  @Produces
  @Singleton
  FaceDetector faces(ModelStore models, OnnxModels onnx) {
    return FaceDetectors.of(models, onnx);
  }

  void close(@Disposes FaceDetector faces) {
    faces.close();
  }

  @Produces
  @Singleton
  DetectorRegistry registry(ModelStore models, OnnxModels onnx) {
    DetectorRegistry all = DetectorRegistry.of(models, onnx);
    return config.detectors().map(all::only).orElse(all);
  }

  @Produces
  @Singleton
  DetectorRunner runner(DetectorRegistry registry, FaceDetector faces, WorkerMetrics metrics) {
    EndpointConfig.Decode decode = config.decode();
    return new DetectorRunner(
        registry,
        faces,
        new DetectionLimits(
            config.concurrency(),
            config.maxBytes().asLongValue(),
            config.jobTimeout(),
            new DecodeLimits(
                decode.frames(),
                decode.maxSourcePixels(),
                decode.maxImagePixels(),
                decode.maxFramePixels(),
                decode.maxTime())),
        metrics);
  }

  @Produces
  @Singleton
  WorkerMetrics metrics(MeterRegistry registry, Metrics metrics) {
    return new WorkerMetrics(registry, metrics, config.name());
  }

  /** Adds the endpoint's name to every meter. */
  @Produces
  @Singleton
  MeterFilter endpointLabel() {
    return MeterFilter.commonTags(List.of(Tag.of("endpoint", config.name())));
  }

  @Produces
  @Singleton
  ObjectMapperCustomizer jsonOfTheContracts() {
    return (ObjectMapper mapper) -> Json.configure(mapper);
  }
}
