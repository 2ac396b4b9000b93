package org.touchstone.emulators.lambda;

import java.io.IOException;
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
import org.touchstone.domain.Compute;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.stepfunctions.api.Arns;
import org.touchstone.models.ModelStore;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.worker.DetectionLimits;
import org.touchstone.worker.DetectionService;
import org.touchstone.worker.DetectorRunner;
import org.touchstone.worker.WorkerConfig;
import org.touchstone.worker.WorkerMetrics;
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

/** What the endpoints of both lanes consist of, each with the access key of its own role. */
final class RolesEndpoint implements AutoCloseable {
  /** Heartbeats so frequent that even a short job has one. */
  static final WorkerConfig.Cadence CADENCE =
      new WorkerConfig.Cadence(
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          Duration.ofMillis(20),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(20),
          Duration.ofSeconds(1));

  private final S3Client s3;
  private final S3Presigner presigner;
  private final SqsClient sqs;
  private final SfnClient stepFunctions;
  private final ObjectStore objects;
  private final Compute compute;
  private final Path work;

  RolesEndpoint(RolesAccount account, AccessKey key, Compute compute, Path work) {
    this.compute = compute;
    this.work = work.resolve(compute.name());
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
    objects = new ObjectStore(s3, RolesAccount.BUCKET);
  }

  /** Fetches the models, and makes what does the jobs. */
  DetectionService service() throws IOException, InterruptedException {
    ModelStore store = new ModelStore(work.resolve("models"));
    new ModelSync(s3, ModelSource.parse("s3://" + RolesAccount.BUCKET + "/models/"), store)
        .sync(Set.of(), Map.of());
    Natives.configure();
    OnnxModels onnx = new OnnxModels(store, OnnxSettings.DEFAULT);
    return new DetectionService(
        new DetectorRunner(
            DetectorRegistry.of(store, onnx),
            FaceDetectors.of(store, onnx),
            DetectionLimits.DEFAULT,
            WorkerMetrics.unobserved()),
        new MediaStore(objects, s3, presigner),
        objects,
        compute,
        Files.createDirectories(work.resolve("work")),
        InstantSource.system());
  }

  SqsClient sqs() {
    return sqs;
  }

  SfnClient stepFunctions() {
    return stepFunctions;
  }

  AnalysisStore analyses() {
    return new AnalysisStore(objects);
  }

  @Override
  public void close() {
    stepFunctions.close();
    sqs.close();
    presigner.close();
    s3.close();
  }
}
