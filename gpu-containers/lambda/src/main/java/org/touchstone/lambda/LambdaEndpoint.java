package org.touchstone.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;
import org.touchstone.detectors.base.Natives;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.NoExpectContinue;
import org.touchstone.storage.ObjectStore;
import org.touchstone.telemetry.JsonLog;
import org.touchstone.telemetry.Metrics;
import org.touchstone.worker.BatchWorker;
import org.touchstone.worker.WorkFolder;
import org.touchstone.worker.WorkerConfig;
import org.touchstone.worker.WorkerMetrics;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * An endpoint's function: does the jobs in the messages that Lambda passes on from the endpoint's
 * queues, one after another. A message that cannot be done, or not in the time that is left, is
 * named in the answer, which keeps it in the queue, and is visible there again soon. Needs {@code
 * ReportBatchItemFailures} in the event source mapping.
 */
public final class LambdaEndpoint implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = Logger.getLogger(LambdaEndpoint.class);

  private final BatchWorker worker;
  private final Runnable unsound;

  /** The handler as Lambda makes it, with the settings of the environment. */
  public LambdaEndpoint() {
    this(onLambda(System.getenv()), LambdaEndpoint::end);
  }

  /**
   * A handler in a process that makes its parts.
   *
   * @param unsound called when a job that was given back cannot be stopped, so that no other can be
   *     begun here
   */
  public LambdaEndpoint(BatchWorker worker, Runnable unsound) {
    this.worker = Objects.requireNonNull(worker, "worker");
    this.unsound = Objects.requireNonNull(unsound, "unsound");
  }

  private static BatchWorker onLambda(Map<String, String> environment) {
    JsonLog.begin();
    Natives.configure();
    EndpointSettings settings = EndpointSettings.of(environment);
    try {
      // This is the only process here: what lies there was left by one that was killed.
      Files.createDirectories(settings.workFolder());
      WorkFolder.deleteAbandoned(settings.workFolder(), Instant.MAX);
    } catch (IOException e) {
      throw new UncheckedIOException("the work folder cannot be used", e);
    }
    S3Client s3 =
        S3Client.builder()
            .forcePathStyle(settings.pathStyle())
            .overrideConfiguration(o -> o.addExecutionInterceptor(new NoExpectContinue()))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    S3Presigner presigner =
        S3Presigner.builder()
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(settings.pathStyle()).build())
            .build();
    ObjectStore objects = new ObjectStore(s3, settings.bucket());
    Metrics metrics =
        new Metrics(
            settings.metricsNamespace(),
            settings.detailedMetrics(),
            InstantSource.system(),
            System.out::println);
    WorkerMetrics workerMetrics =
        new WorkerMetrics(new SimpleMeterRegistry(), metrics, settings.name());
    return new BatchWorker(
        SqsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build(),
        SfnClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build(),
        new Instance(
            settings, s3, new MediaStore(objects, s3, presigner), objects, metrics, workerMetrics),
        settings.jobTimeout(),
        workerMetrics,
        new AnalysisStore(objects),
        new WorkerConfig(
            settings.queueUrl(),
            settings.bulkQueueUrl().orElse(null),
            1,
            WorkerConfig.Cadence.DEFAULT));
  }

  /** Lambda starts a new process for the next event; messages in the queue are not affected. */
  private static void end() {
    Runtime.getRuntime().halt(1);
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return work(event, Duration.ofMillis(context.getRemainingTimeInMillis()));
  }

  /**
   * Works on the messages of an event.
   *
   * @param time until the answer must be there
   * @return the messages that are to be kept in the queue
   */
  public SQSBatchResponse work(SQSEvent event, Duration time) {
    List<SQSEvent.SQSMessage> records = event.getRecords() == null ? List.of() : event.getRecords();
    // The messages of an event come from one queue.
    String source = records.isEmpty() ? null : records.getFirst().getEventSourceArn();
    Set<String> kept =
        worker.work(
            worker.queueUrl(source), records.stream().map(LambdaEndpoint::message).toList(), time);
    if (!worker.isSound()) {
      LOG.error("a job cannot be stopped: this instance ends");
      unsound.run();
    }
    List<SQSBatchResponse.BatchItemFailure> failures =
        kept.stream().map(SQSBatchResponse.BatchItemFailure::new).toList();
    return new SQSBatchResponse(failures);
  }

  private static Message message(SQSEvent.SQSMessage message) {
    Map<String, String> attributes = message.getAttributes();
    return Message.builder()
        .messageId(message.getMessageId())
        .receiptHandle(message.getReceiptHandle())
        .body(message.getBody())
        .attributesWithStrings(attributes == null ? Map.of() : attributes)
        .build();
  }
}
