package org.touchstone.worker.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.worker.DetectionService;
import org.touchstone.worker.QueueWorker;
import org.touchstone.worker.WorkerConfig;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Everything that a queue worker works with; the path to each part can be cut. */
public final class Plant implements AutoCloseable {
  private final NetworkPath wayToS3;
  private final NetworkPath wayToSqs;
  private final NetworkPath wayToStepFunctions;
  private final LoopbackStepFunctions stepFunctions = new LoopbackStepFunctions();
  private final Workplace work;
  private final Queue queue;
  private final SqsClient sqs;
  private final SfnClient sfn;
  private final List<QueueWorker> workers = new ArrayList<>();

  public Plant(Servers servers, Path folder) {
    wayToS3 = new NetworkPath(servers.s3().endpoint());
    wayToSqs = new NetworkPath(servers.sqs().endpoint());
    wayToStepFunctions = new NetworkPath(stepFunctions.endpoint());
    work = new Workplace(servers, wayToS3.endpoint(), folder);
    queue = new Queue(servers, Duration.ofSeconds(30));
    sqs = Queue.client(wayToSqs.endpoint());
    sfn = newStepFunctionsClient();
  }

  public NetworkPath wayToS3() {
    return wayToS3;
  }

  public NetworkPath wayToSqs() {
    return wayToSqs;
  }

  public NetworkPath wayToStepFunctions() {
    return wayToStepFunctions;
  }

  public LoopbackStepFunctions stepFunctions() {
    return stepFunctions;
  }

  public Workplace work() {
    return work;
  }

  public Queue queue() {
    return queue;
  }

  /** A new client; the caller closes it. */
  public SfnClient newStepFunctionsClient() {
    return LoopbackStepFunctions.client(wayToStepFunctions.endpoint());
  }

  /** Starts a worker; it is closed with the plant at the latest. */
  public QueueWorker start(DetectionService service, WorkerConfig.Cadence cadence) {
    QueueWorker worker =
        new QueueWorker(
            sqs, sfn, service, work.analyses(), new WorkerConfig(queue.url(), 4, cadence));
    workers.add(worker);
    worker.start();
    return worker;
  }

  /** Starts a worker with a queue of jobs that may wait beside the other. */
  public QueueWorker start(
      DetectionService service, Queue bulk, int concurrency, WorkerConfig.Cadence cadence) {
    QueueWorker worker =
        new QueueWorker(
            sqs,
            sfn,
            service,
            work.analyses(),
            new WorkerConfig(queue.url(), bulk.url(), concurrency, cadence));
    workers.add(worker);
    worker.start();
    return worker;
  }

  /** A job that a task waits for. */
  public Job newJob(MediaItem item) {
    return newJob(item, JobOptions.DEFAULT);
  }

  /** A job that a task waits for. */
  public Job newJob(MediaItem item, JobOptions options) {
    String token = "token-" + UUID.randomUUID();
    stepFunctions.open(token);
    return work.job(item, token, options);
  }

  public List<JobReports> stored(Job job) {
    return work.analyses().reports(job.analysisId());
  }

  @Override
  public void close() {
    workers.forEach(QueueWorker::stopReceiving);
    // Ends the receives under way, which the shutdown would otherwise wait for.
    workers.forEach(worker -> queue.send("wake up"));
    workers.forEach(QueueWorker::close);
    sqs.close();
    sfn.close();
    queue.close();
    work.close();
    stepFunctions.close();
    try {
      wayToS3.close();
      wayToSqs.close();
      wayToStepFunctions.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
