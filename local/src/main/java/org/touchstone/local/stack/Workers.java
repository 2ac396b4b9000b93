package org.touchstone.local.stack;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jboss.logging.Logger;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.base.Natives;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.faces.installed.FaceDetectors;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pipelines.transcript.RemoteTranscriptDetector;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.domain.Compute;
import org.touchstone.lambda.LambdaEndpoint;
import org.touchstone.models.ModelStore;
import org.touchstone.recognisers.Recognisers;
import org.touchstone.recognisers.settings.RecogniserSettings;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.worker.BatchWorker;
import org.touchstone.worker.DetectionLimits;
import org.touchstone.worker.DetectionService;
import org.touchstone.worker.DetectorRunner;
import org.touchstone.worker.QueueWorker;
import org.touchstone.worker.WorkerConfig;
import org.touchstone.worker.WorkerMetrics;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The endpoints' workers in this process: one per queue, sharing decoders and models. The endpoints
 * that stand for GPUs have queue workers, as in their container; those of the lane of CPUs have the
 * handler of their function, which is called as Lambda calls it.
 */
final class Workers {
  /** Short waits: local requests are free, and a local fault soon passes or never does. */
  private static final WorkerConfig.Cadence CADENCE =
      new WorkerConfig.Cadence(
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          Duration.ofSeconds(2),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(5));

  /**
   * Time of a call of the function. More than Lambda gives: here a job waits for its place among
   * those of all queues, and must not be given back, or have too little time left, for that wait.
   */
  private static final Duration INVOCATION = Duration.ofHours(6);

  private static final Logger LOG = Logger.getLogger(Workers.class);

  /**
   * Both lanes compute on this machine's processors, so they share results; this is where those of
   * earlier versions lie.
   */
  private static final Compute RESULTS = Compute.GPU;

  private Workers() {}

  /** The AWS clients of the workers. */
  record Aws(
      SqsClient sqs,
      SfnClient stepFunctions,
      ObjectStore objects,
      MediaStore media,
      AnalysisStore analyses) {}

  /**
   * Starts the workers. They end with the process: the queues do not outlive it, and a workflow
   * that continues after a restart sends its jobs again.
   *
   * @param queues the queues of both lanes
   * @param recogniser a service in place of the installed recogniser
   * @param concurrency jobs processed at once, over all queues
   * @param workFolder for media while they are processed
   * @param onnxSettings how models are run
   */
  static void start(
      Aws aws,
      Queues queues,
      Path models,
      Optional<RecogniserSettings> recogniser,
      int concurrency,
      Path workFolder,
      OnnxSettings onnxSettings) {
    Natives.configure();
    ModelStore store = new ModelStore(models);
    OnnxModels onnx = new OnnxModels(store, onnxSettings);
    DetectionLimits limits = DetectionLimits.DEFAULT;
    DetectorRegistry registry = DetectorRegistry.of(store, onnx);
    DetectorRunner runner =
        new DetectorRunner(
            recogniser
                .map(settings -> registry.with(remote(settings, store, onnx, aws.objects())))
                .orElse(registry),
            FaceDetectors.of(store, onnx),
            new DetectionLimits(concurrency, limits.maxBytes(), limits.perJob(), limits.decode()),
            WorkerMetrics.unobserved());
    DetectionService service = service(aws, runner, Compute.GPU, workFolder);
    for (JobQueue queue : queues.gpu().values()) {
      new QueueWorker(
              aws.sqs(),
              aws.stepFunctions(),
              service,
              aws.analyses(),
              new WorkerConfig(queue.url(), queue.bulkUrl(), concurrency, CADENCE))
          .start();
    }
    DetectionService cpuService = service(aws, runner, Compute.CPU, workFolder);
    for (JobQueue queue : queues.cpu().values()) {
      // A function does one job at a time, so that each call needs one of its own.
      BlockingQueue<LambdaEndpoint> idle = new LinkedBlockingQueue<>();
      for (int i = 0; i < concurrency; i++) {
        idle.add(function(aws, cpuService, limits.perJob(), queue));
      }
      FunctionQueue.consume(aws.sqs(), queue, concurrency, event -> work(idle, event));
    }
  }

  private static SQSBatchResponse work(BlockingQueue<LambdaEndpoint> idle, SQSEvent event) {
    LambdaEndpoint function = idle.remove();
    try {
      return function.work(event, INVOCATION);
    } finally {
      idle.add(function);
    }
  }

  private static DetectionService service(
      Aws aws, DetectorRunner runner, Compute compute, Path workFolder) {
    return new DetectionService(
        runner, aws.media(), aws.objects(), compute, RESULTS, workFolder, InstantSource.system());
  }

  private static LambdaEndpoint function(
      Aws aws, DetectionService service, Duration perJob, JobQueue queue) {
    return new LambdaEndpoint(
        new BatchWorker(
            aws.sqs(),
            aws.stepFunctions(),
            job -> service,
            perJob,
            WorkerMetrics.unobserved(),
            aws.analyses(),
            new WorkerConfig(queue.url(), queue.bulkUrl(), 1, CADENCE)),
        () -> LOG.error("a job of the lane of CPUs cannot be stopped; restart Touchstone"));
  }

  private static Detector remote(
      RecogniserSettings settings, ModelStore store, OnnxModels onnx, ObjectStore objects) {
    return new RemoteTranscriptDetector(
        Recognisers.open(settings, RecogniserFile::key, objects, InstantSource.system()),
        settings.version(),
        VoiceActivity.of(store, onnx),
        settings.thirdParty());
  }
}
