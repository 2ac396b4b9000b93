package org.touchstone.worker.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.context.Detector;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.S3Location;
import org.touchstone.domain.files.Sha256;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Ids;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.NoExpectContinue;
import org.touchstone.storage.ObjectStore;
import org.touchstone.worker.DetectionLimits;
import org.touchstone.worker.DetectionService;
import org.touchstone.worker.DetectorRunner;
import org.touchstone.worker.WorkerMetrics;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** A bucket, the stores in it, and detection services that work with them. */
public final class Workplace implements AutoCloseable {
  /** Limits that do not make any test wait. */
  public static final DetectionLimits LIMITS =
      new DetectionLimits(4, 1 << 20, Duration.ofMinutes(1), DecodeLimits.DEFAULT);

  private final S3Client s3;
  private final S3Presigner presigner;
  private final ObjectStore objects;
  private final MediaStore media;
  private final AnalysisStore analyses;
  private final Path folder;

  /**
   * A new bucket.
   *
   * @param endpoint the endpoint of S3
   * @param folder an empty folder
   */
  public Workplace(Servers servers, URI endpoint, Path folder) {
    this(endpoint, servers.s3().credentials(), servers.newBucket(), folder);
  }

  /** An existing bucket. */
  public Workplace(URI endpoint, AwsBasicCredentials credentials, String bucket, Path folder) {
    this.folder = folder;
    this.s3 =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(EmbeddedS3.REGION)
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .forcePathStyle(true)
            .overrideConfiguration(
                noRetries().copy(o -> o.addExecutionInterceptor(new NoExpectContinue())))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    this.presigner =
        S3Presigner.builder()
            .endpointOverride(endpoint)
            .region(EmbeddedS3.REGION)
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .build();
    this.objects = new ObjectStore(s3, bucket);
    this.media = new MediaStore(objects, s3, presigner);
    this.analyses = new AnalysisStore(objects);
  }

  /** Settings of clients that do not retry. */
  public static ClientOverrideConfiguration noRetries() {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(DefaultRetryStrategy.doNotRetry())
        .build();
  }

  public ObjectStore objects() {
    return objects;
  }

  public AnalysisStore analyses() {
    return analyses;
  }

  public DetectionService service(Detector... detectors) {
    return service(LIMITS, detectors);
  }

  public DetectionService service(DetectionLimits limits, Detector... detectors) {
    return service(limits, Clock.systemUTC(), detectors);
  }

  public DetectionService service(
      DetectionLimits limits, InstantSource clock, Detector... detectors) {
    DetectorRunner runner =
        new DetectorRunner(
            new DetectorRegistry(List.of(detectors)),
            new NoFaces(),
            limits,
            WorkerMetrics.unobserved());
    return new DetectionService(runner, media, objects, folder, clock);
  }

  /** The files that jobs have left in their folder. */
  public List<Path> leftovers() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stores a medium with a text as its content, for tests that do not examine it. */
  public MediaItem store(String content) {
    return store(content.getBytes(StandardCharsets.UTF_8));
  }

  public MediaItem store(byte[] content) {
    try {
      Path file = Files.createTempFile("medium", ".bin");
      try {
        Files.write(file, content);
        String sha256 = Sha256.of(file);
        S3Location location = media.store(sha256, file, "image/png");
        return item(sha256, Files.size(file), location);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public MediaItem item(String sha256, long bytes, S3Location location) {
    return MediaItem.of(Modality.IMAGE, sha256, "image/png", bytes).withS3(location);
  }

  /** A job on the medium in a separate analysis. */
  public Job job(MediaItem item) {
    return job(item, null, JobOptions.DEFAULT);
  }

  public Job job(MediaItem item, String taskToken, JobOptions options) {
    return new Job(
        taskToken,
        Ids.analysisId(Instant.now(), new SecureRandom()),
        "image",
        null,
        Modality.IMAGE,
        item,
        options);
  }

  @Override
  public void close() {
    presigner.close();
    s3.close();
  }
}
