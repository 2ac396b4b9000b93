package org.touchstone.endpoint.container;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.function.Supplier;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.NoExpectContinue;
import org.touchstone.storage.ObjectStore;
import org.touchstone.worker.DetectionService;
import org.touchstone.worker.DetectorRunner;
import org.touchstone.worker.QueueWorker;
import org.touchstone.worker.WorkerConfig;
import org.touchstone.worker.host.TaskProtection;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The beans of the queue worker and its dependencies. They are created only if they are used. */
@ApplicationScoped
public class QueueBeans {
  private final EndpointConfig config;

  public QueueBeans(EndpointConfig config) {
    this.config = config;
  }

  @Produces
  @Singleton
  S3Client s3() {
    return S3Client.builder()
        .forcePathStyle(config.pathStyle())
        .overrideConfiguration(o -> o.addExecutionInterceptor(new NoExpectContinue()))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  void close(@Disposes S3Client s3) {
    s3.close();
  }

  @Produces
  @Singleton
  S3Presigner presigner() {
    return S3Presigner.builder()
        .serviceConfiguration(
            S3Configuration.builder().pathStyleAccessEnabled(config.pathStyle()).build())
        .build();
  }

  void close(@Disposes S3Presigner presigner) {
    presigner.close();
  }

  @Produces
  @Singleton
  SqsClient sqs() {
    return SqsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
  }

  void close(@Disposes SqsClient sqs) {
    sqs.close();
  }

  @Produces
  @Singleton
  QueueWorker worker(
      DetectorRunner runner,
      S3Client s3,
      S3Presigner presigner,
      SqsClient sqs,
      SfnClient stepFunctions,
      Clock clock,
      TaskProtection protection) {
    ObjectStore objects =
        new ObjectStore(s3, config.bucket().orElseThrow(missing("touchstone.endpoint.bucket")));
    return new QueueWorker(
        sqs,
        stepFunctions,
        new DetectionService(
            runner, new MediaStore(objects, s3, presigner), objects, config.workFolder(), clock),
        new AnalysisStore(objects),
        new WorkerConfig(
            config.queueUrl().orElseThrow(missing("touchstone.endpoint.queue-url")),
            config.bulkQueueUrl().orElse(null),
            config.concurrency(),
            cadence(config.queue())),
        protection);
  }

  private static WorkerConfig.Cadence cadence(EndpointConfig.Queue queue) {
    return new WorkerConfig.Cadence(
        queue.longPoll(),
        queue.visibility(),
        queue.keepAlive(),
        queue.retryDelay(),
        queue.maxRetryDelay(),
        queue.patience(),
        queue.grace());
  }

  private static Supplier<IllegalStateException> missing(String key) {
    return () -> new IllegalStateException("a queue worker needs the setting " + key);
  }
}
