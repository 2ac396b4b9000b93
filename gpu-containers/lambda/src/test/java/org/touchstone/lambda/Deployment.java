package org.touchstone.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.emulators.lambda.ContainerFunction;
import org.touchstone.emulators.lambda.EventSource;
import org.touchstone.emulators.lambda.FunctionProcess;
import org.touchstone.testing.models.TestModels;
import org.touchstone.worker.support.LoopbackStepFunctions;
import org.touchstone.worker.support.Queue;
import org.touchstone.worker.support.Servers;
import org.touchstone.worker.support.Workplace;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The function, deployed to an account on loopback: a bucket, a queue and a workflow's tasks. */
final class Deployment implements AutoCloseable {
  static final String MODEL = "brightness";
  static final String VIDEO_MODEL = "brightness-of-videos";

  private static final Path DOCKERFILE = Path.of("Dockerfile");
  private static final int SIDE = 32;

  private final Servers servers;
  private final Path tmp;
  private final Workplace work;
  private final Queue queue;
  private final SqsClient sqs;
  private final LoopbackStepFunctions stepFunctions = new LoopbackStepFunctions();

  /**
   * Deploys it.
   *
   * @param folder an empty folder
   * @param visibility the queue's visibility timeout
   */
  Deployment(Servers servers, Path folder, Duration visibility) throws IOException {
    this.servers = servers;
    this.tmp = Files.createDirectories(folder.resolve("tmp"));
    this.work = new Workplace(servers, servers.s3().endpoint(), folder);
    this.queue = new Queue(servers, visibility);
    this.sqs = servers.sqs().client();
    putModel(folder.resolve("store"), TestModels.manifest(MODEL, "1", SIDE));
  }

  /** Adds a model that looks at nothing but videos. */
  void addModelForVideos(Path emptyFolder) throws IOException {
    putModel(
        emptyFolder,
        TestModels.manifest(VIDEO_MODEL, "1", SIDE).replace("\"image\", \"video\"", "\"video\""));
  }

  private void putModel(Path store, String manifest) throws IOException {
    TestModels.install(
        store, manifest, TestModels.means(SIDE, new float[][] {{4, 0, 0}}, new float[] {-2}));
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        put(store.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
  }

  /** Puts a file below the models in the bucket. */
  void put(String name, byte[] content) {
    work.objects().put("models/" + name, content, "application/octet-stream");
  }

  /** The folder that the function has as {@code /tmp}. */
  Path tmp() {
    return tmp;
  }

  Workplace work() {
    return work;
  }

  Queue queue() {
    return queue;
  }

  SqsClient sqs() {
    return sqs;
  }

  LoopbackStepFunctions stepFunctions() {
    return stepFunctions;
  }

  EventSource source(int batch) {
    return new EventSource(sqs, queue.url(), batch);
  }

  /** The variables that the function is deployed with. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", servers.s3().credentials().accessKeyId());
    environment.put("AWS_SECRET_ACCESS_KEY", servers.s3().credentials().secretAccessKey());
    environment.put("AWS_ENDPOINT_URL_S3", servers.s3().endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_SQS", servers.sqs().endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_SFN", stepFunctions.endpoint().toString());
    environment.put("TOUCHSTONE_ENDPOINT_PATH_STYLE", "true");
    environment.put("TOUCHSTONE_METRICS_NAMESPACE", "Touchstone");
    environment.put("ENDPOINT_NAME", "cpu-image");
    environment.put("BUCKET", work.objects().bucket());
    environment.put("QUEUE_URL", queue.url());
    environment.put("MODELS_S3_PREFIX", "s3://" + work.objects().bucket() + "/models/");
    return environment;
  }

  FunctionProcess start(Map<String, String> environment, Duration timeout) throws IOException {
    return new FunctionProcess(
        ContainerFunction.of(DOCKERFILE, tmp, System.getProperty("java.class.path")),
        environment,
        timeout);
  }

  /** Sends a job that a task waits for. */
  Job send(byte[] picture) {
    return send(work.job(work.store(picture), token(), JobOptions.DEFAULT));
  }

  /** Sends a job on the pictures of a video, or on sound. */
  Job send(Modality track, String mimeType, byte[] content) {
    MediaItem stored = work.store(content);
    MediaItem item =
        MediaItem.of(track, stored.sha256(), mimeType, stored.bytes()).withS3(stored.s3());
    Job ofImage = work.job(stored, token(), JobOptions.DEFAULT);
    return send(
        new Job(
            ofImage.taskToken(),
            ofImage.analysisId(),
            track.code(),
            null,
            track,
            item,
            JobOptions.DEFAULT));
  }

  private String token() {
    String token = "token-" + UUID.randomUUID();
    stepFunctions.open(token);
    return token;
  }

  private Job send(Job job) {
    queue.send(job);
    return job;
  }

  List<JobReports> stored(Job job) {
    return work.analyses().reports(job.analysisId());
  }

  /** The folders of jobs that are in the function's {@code /tmp}. */
  List<Path> jobFolders() {
    try (Stream<Path> files = Files.list(tmp)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("touchstone-job-"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    sqs.close();
    queue.close();
    work.close();
    stepFunctions.close();
  }
}
