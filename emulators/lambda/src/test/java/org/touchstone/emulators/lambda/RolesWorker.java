package org.touchstone.emulators.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.base.Natives;
import org.touchstone.detectors.faces.installed.FaceDetectors;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.access.policy.Access;
import org.touchstone.emulators.stepfunctions.api.Arns;
import org.touchstone.models.ModelStore;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.worker.DetectionLimits;
import org.touchstone.worker.DetectionService;
import org.touchstone.worker.DetectorRunner;
import org.touchstone.worker.QueueWorker;
import org.touchstone.worker.WorkerConfig;
import org.touchstone.worker.WorkerMetrics;
import org.touchstone.worker.host.TaskProtection;
import org.touchstone.worker.models.ModelSource;
import org.touchstone.worker.models.ModelSync;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The worker of an endpoint, with the endpoint's role: its models, its queue, its protection. */
final class RolesWorker implements AutoCloseable {
  private static final String TASK =
      "arn:aws:ecs:" + Arns.REGION + ":" + Arns.ACCOUNT + ":task/touchstone/1";

  /** Heartbeats so frequent that even a short job has one. */
  private static final WorkerConfig.Cadence CADENCE =
      new WorkerConfig.Cadence(
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          Duration.ofMillis(20),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(20),
          Duration.ofSeconds(1));

  private final RolesAccount account;
  private final HttpServer agent;
  private final TaskProtection protection;
  private final S3Client s3;
  private final S3Presigner presigner;
  private final SqsClient sqs;
  private final SfnClient stepFunctions;
  private final QueueWorker worker;

  RolesWorker(RolesAccount account, Path work) throws IOException, InterruptedException {
    this.account = account;
    AccessKey key = account.endpointKey();
    agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    agent.createContext("/", this::protect);
    agent.start();
    protection =
        TaskProtection.ofJobs(
            URI.create("http://127.0.0.1:" + agent.getAddress().getPort()), Duration.ofMinutes(1));
    s3 = account.s3().client(key);
    presigner = account.s3().presigner(key);
    sqs = account.sqs().client(key);
    stepFunctions =
        SfnClient.builder()
            .endpointOverride(account.stateMachines().endpoint())
            .region(Region.of(Arns.REGION))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.id(), key.secret())))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    Path models = work.resolve("models");
    new ModelSync(s3, ModelSource.parse("s3://" + RolesAccount.BUCKET + "/models/"), models)
        .sync(Set.of(), Map.of());
    Natives.configure();
    ModelStore store = new ModelStore(models);
    OnnxModels onnx = new OnnxModels(store, OnnxSettings.DEFAULT);
    DetectorRunner runner =
        new DetectorRunner(
            DetectorRegistry.of(store, onnx),
            FaceDetectors.of(store, onnx),
            DetectionLimits.DEFAULT,
            WorkerMetrics.unobserved());
    ObjectStore objects = new ObjectStore(s3, RolesAccount.BUCKET);
    DetectionService service =
        new DetectionService(
            runner,
            new MediaStore(objects, s3, presigner),
            objects,
            Files.createDirectories(work.resolve("work")),
            InstantSource.system());
    worker =
        new QueueWorker(
            sqs,
            stepFunctions,
            service,
            new AnalysisStore(objects),
            new WorkerConfig(account.jobs().url(), 2, CADENCE),
            protection);
    worker.start();
  }

  /** ECS' agent, which asks ECS with the role of the task. */
  private void protect(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean allowed =
          account
              .keys()
              .allows(
                  account.keys().find(account.endpointKey().id()).orElseThrow(),
                  Access.of("ecs:UpdateTaskProtection", TASK));
      byte[] body =
          (allowed ? "{\"protection\":{}}" : "{\"failure\":{}}").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    worker.close();
    stepFunctions.close();
    sqs.close();
    presigner.close();
    s3.close();
    protection.close();
    agent.stop(0);
  }
}
