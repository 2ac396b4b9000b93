package org.touchstone.lambda;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.faces.installed.FaceDetectors;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pipelines.transcript.RemoteTranscriptDetector;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.domain.Compute;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Job;
import org.touchstone.domain.Modality;
import org.touchstone.domain.speech.SpeechRecogniser;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelStore;
import org.touchstone.recognisers.Recognisers;
import org.touchstone.recognisers.settings.RecogniserSettings;
import org.touchstone.secrets.SecretSource;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.telemetry.Metric;
import org.touchstone.telemetry.Metrics;
import org.touchstone.worker.BatchMetrics;
import org.touchstone.worker.BatchWorker;
import org.touchstone.worker.DetectionLimits;
import org.touchstone.worker.DetectionService;
import org.touchstone.worker.DetectorRunner;
import org.touchstone.worker.WorkerMetrics;
import org.touchstone.worker.models.ModelSource;
import org.touchstone.worker.models.ModelSync;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What one instance of the function makes once for each track, when it gets its first job on it:
 * the models for that track are fetched, and the service that does its jobs is made. So the verdict
 * on a picture does not wait for the models that listen. Thread-safe.
 */
final class Instance implements BatchWorker.Services {
  private static final Logger LOG = Logger.getLogger(Instance.class);

  /** Media worked on at once: the memory of a function is for one. */
  private static final int CONCURRENCY = 1;

  /** The whole text of a secret. */
  private static final String WHOLE = "secret";

  private final EndpointSettings settings;
  private final S3Client s3;
  private final MediaStore media;
  private final ObjectStore objects;
  private final Metrics metrics;
  private final WorkerMetrics workerMetrics;
  private final Optional<SpeechRecogniser> recogniser;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Modality, DetectionService> services = new EnumMap<>(Modality.class);

  /** Shared by all tracks, so that a file is read only once to check it. */
  private final ModelStore store;

  /** Shared by all tracks, because the memory is. */
  private OnnxModels onnx;

  Instance(
      EndpointSettings settings,
      S3Client s3,
      MediaStore media,
      ObjectStore objects,
      Metrics metrics,
      WorkerMetrics workerMetrics) {
    this.settings = settings;
    this.s3 = s3;
    this.media = media;
    this.objects = objects;
    this.metrics = metrics;
    this.workerMetrics = workerMetrics;
    this.store = new ModelStore(settings.modelsFolder(), settings.pins());
    this.recogniser =
        settings
            .recogniser()
            .map(service -> Recognisers.open(service, keys(), objects, InstantSource.system()));
  }

  /** The keys in Secrets Manager, which is not asked before a key is needed. */
  private Function<String, Optional<String>> keys() {
    if (settings.recogniserSecrets().isEmpty()) {
      return name -> Optional.empty();
    }
    SecretSource secrets = SecretSource.inSecretsManager(settings.recogniserSecrets().get());
    return name -> secrets.find(name).map(secret -> secret.value(WHOLE));
  }

  private Detector transcript(SpeechRecogniser service, VoiceActivity speech) {
    RecogniserSettings described = settings.recogniser().orElseThrow();
    return new RemoteTranscriptDetector(
        service, described.version(), speech, described.thirdParty());
  }

  @Override
  public DetectionService get(Job job) throws InterruptedException {
    Modality track = job.track();
    lock.lockInterruptibly();
    try {
      DetectionService service = services.get(track);
      if (service == null) {
        if (settings.modelsSource().isPresent()) {
          fetchModels(settings.modelsSource().get(), track);
        }
        service = newService();
        services.put(track, service);
      }
      return service;
    } finally {
      lock.unlock();
    }
  }

  private void fetchModels(ModelSource source, Modality track) throws InterruptedException {
    long start = System.nanoTime();
    ModelSync.Result result;
    try {
      // This is the only process here: what is half fetched was left by one that was killed.
      store.removeAbandoned(Instant.MAX);
      result =
          new ModelSync(s3, source, store)
              .sync(
                  settings.modelNames(),
                  settings.pins(),
                  manifest ->
                      manifest.role().tracks().contains(track)
                          && Compute.CPU.canRun(DetectorRegistry.compute(store, manifest)));
    } catch (ModelException e) {
      throw new EnvironmentFault(EnvironmentFault.Kind.MODELS, e);
    } catch (IOException e) {
      throw new EnvironmentFault(EnvironmentFault.Kind.DISK, e);
    }
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    metrics.put(Metric.MODEL_SYNC_DURATION, millis, settings.name());
    LOG.infof(
        "models for %s: %d fetched (%d bytes), %d already present, in %d ms",
        track.code(), result.fetched(), result.bytes(), result.present(), millis);
  }

  private OnnxModels newModels() {
    return new OnnxModels(
        store,
        new OnnxSettings(
                OnnxSettings.Device.CPU, settings.threads(), CONCURRENCY, settings.modelsMemory())
            // Lambda keeps an instance for minutes, and the first job waits for its start.
            .forFewRuns()
            .heardBy(new BatchMetrics(new SimpleMeterRegistry(), InstantSource.system())));
  }

  /** A service with the models that are here now. */
  private DetectionService newService() {
    if (onnx == null) {
      onnx = newModels();
    }
    DetectorRegistry installed = DetectorRegistry.of(store, onnx).runnableOn(Compute.CPU);
    DetectorRegistry all =
        recogniser
            .map(service -> installed.with(transcript(service, VoiceActivity.of(store, onnx))))
            .orElse(installed);
    return new DetectionService(
        new DetectorRunner(
            settings.detectors().isEmpty() ? all : all.only(settings.detectors()),
            FaceDetectors.of(store, onnx),
            new DetectionLimits(
                CONCURRENCY, settings.maxBytes(), settings.jobTimeout(), DecodeLimits.DEFAULT),
            workerMetrics),
        media,
        objects,
        Compute.CPU,
        settings.workFolder(),
        InstantSource.system());
  }
}
