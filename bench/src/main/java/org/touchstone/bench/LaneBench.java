package org.touchstone.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.touchstone.checkpoints.Precision;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.files.Sha256;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.emulators.aws.EmbeddedSqs;
import org.touchstone.emulators.lambda.ContainerFunction;
import org.touchstone.emulators.lambda.EventSource;
import org.touchstone.emulators.lambda.FunctionProcess;
import org.touchstone.emulators.lambda.FunctionProgram;
import org.touchstone.emulators.lambda.LoopbackAccount;
import org.touchstone.emulators.lambda.LoopbackRuntimeApi;
import org.touchstone.resolver.probe.BundledFfmpeg;
import org.touchstone.storage.Ids;
import org.touchstone.storage.MediaStore;
import org.touchstone.testing.media.SpokenSound;
import org.touchstone.testing.models.PublishedYuNet;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Measures jobs in the CPU lane: the function of the endpoint's image in a process of its own, on
 * two cores, with the memory settings of 10 GB. Cold: from the start of the process to the stored
 * report, with models on the disk, as fetching them over loopback would say nothing. Warm: the next
 * jobs of the same process on the same medium, with cached reports ignored. The networks have the
 * size of the recommended ones, and weights by formula. Baseline: the same without models.
 */
final class LaneBench {
  private static final int WARM = 3;
  private static final int SECONDS = 60;
  private static final int MEMORY_MB = 10_240;
  private static final String TWO_CORES = "/usr/bin/taskset";
  private static final String MODELS = "bench/target/formula-models/lane";
  private static final String IMAGE = "gpu-containers/lambda/target/image";
  private static final List<String> NETWORKS = List.of("commfor", "gend", "wav2vec2");

  private final Path root;
  private final EmbeddedS3 s3;
  private final LoopbackAccount account;
  private final SqsClient sqs;
  private final String queueUrl;
  private final String endpoint;

  /** A medium to do jobs on. */
  private record Medium(String name, Modality track, MediaItem item) {}

  /** A function that has two cores, where the system can say so. */
  private record OnTwoCores(FunctionProgram of) implements FunctionProgram {
    @Override
    public Path folder() {
      return of.folder();
    }

    @Override
    public String handler() {
      return of.handler();
    }

    @Override
    public boolean isNative() {
      return of.isNative();
    }

    @Override
    public List<String> command() {
      List<String> command = new ArrayList<>();
      if (new File(TWO_CORES).canExecute()) {
        command.addAll(List.of(TWO_CORES, "-c", "0,1"));
      }
      command.addAll(of.command());
      return command;
    }
  }

  private LaneBench(Path root, EmbeddedS3 s3, LoopbackAccount account, EmbeddedSqs queues) {
    this.root = root;
    this.s3 = s3;
    this.account = account;
    this.sqs = queues.client();
    this.queueUrl = queues.createQueue("cpu", Duration.ofMinutes(90), 3).url();
    this.endpoint = queues.endpoint().toString();
  }

  static void run(Path root) throws Exception {
    if (!Files.isDirectory(root.resolve(IMAGE).resolve("lib"))) {
      throw new IOException(
          "the image's libraries are missing: build without skipFunctionPackages");
    }
    Path models = root.resolve(MODELS);
    if (new FormulaModels(models, Precision.FP16).with(NETWORKS).find("yunet").isEmpty()) {
      PublishedYuNet.install(models);
    }
    AccessKeys keys = AccessKeys.of(new AccessKey("bench", "bench"));
    try (TempFolder work = TempFolder.create();
        EmbeddedSqs queues = EmbeddedSqs.start(0, keys)) {
      EmbeddedS3 s3 = EmbeddedS3.onDisk(work.path().resolve("s3"), 0, keys);
      try (LoopbackAccount account = new LoopbackAccount(s3)) {
        LaneBench bench = new LaneBench(root, s3, account, queues);
        List<Medium> media = bench.media(Files.createDirectories(work.path().resolve("media")));
        System.out.printf("%-40s %8s %8s %9s%n", "job", "cold s", "warm s", "peak MB");
        bench.measure("picture, no models (baseline)", media.getFirst(), false, work.path());
        for (Medium medium : media) {
          bench.measure(medium.name(), medium, true, work.path());
        }
      }
    }
  }

  private List<Medium> media(Path folder) throws IOException, InterruptedException {
    BundledFfmpeg ffmpeg = BundledFfmpeg.unpack(folder.resolve("ffmpeg"));
    Path picture = folder.resolve("picture.jpg");
    Ffmpegs.run(
        ffmpeg,
        "-i",
        VideoBench.portrait(root).toString(),
        "-vf",
        "scale=1920:-1",
        "-q:v",
        "3",
        picture.toString());
    Path video = VideoBench.video(root, folder, SECONDS);
    Path sound = folder.resolve("sound.wav");
    Ffmpegs.run(
        ffmpeg,
        "-stream_loop",
        "-1",
        "-i",
        SpokenSound.in(folder).toString(),
        "-t",
        Integer.toString(SECONDS),
        sound.toString());
    try (S3Client client = s3.client();
        S3Presigner presigner = s3.presigner()) {
      MediaStore store = new MediaStore(account.objects(), client, presigner);
      return List.of(
          medium(store, "picture of 1920 pixels", Modality.IMAGE, picture, "image/jpeg"),
          medium(store, "a minute of 720p, one face", Modality.VIDEO, video, "video/mp4"),
          medium(store, "a minute of speech", Modality.AUDIO, sound, "audio/wav"));
    }
  }

  private static Medium medium(
      MediaStore store, String name, Modality track, Path file, String mimeType)
      throws IOException {
    String sha256 = Sha256.of(file);
    MediaItem item =
        MediaItem.of(track, sha256, mimeType, Files.size(file))
            .withS3(store.store(sha256, file, mimeType));
    return new Medium(
        name, track, track == Modality.IMAGE ? item : item.withDurationSeconds((double) SECONDS));
  }

  private void measure(String name, Medium medium, boolean withModels, Path work) throws Exception {
    Path tmp = Files.createTempDirectory(work, "tmp-");
    Path image = root.resolve(IMAGE);
    FunctionProgram program =
        new OnTwoCores(
            ContainerFunction.of(
                root.resolve("gpu-containers/lambda/Dockerfile"),
                tmp,
                image.resolve("app") + "/*" + File.pathSeparator + image.resolve("lib") + "/*"));
    double[] warm = new double[WARM];
    long start = System.nanoTime();
    try (FunctionProcess process =
        new FunctionProcess(program, environment(withModels), LoopbackRuntimeApi.LONGEST)) {
      work(process, medium, withModels);
      double cold = (System.nanoTime() - start) / 1e9;
      for (int i = 0; i < WARM; i++) {
        long next = System.nanoTime();
        work(process, medium, withModels);
        warm[i] = (System.nanoTime() - next) / 1e9;
      }
      Arrays.sort(warm);
      System.out.printf(
          Locale.ROOT,
          "%-40s %8.2f %8.2f %9d%n",
          name,
          cold,
          warm[WARM / 2],
          process.peakMegabytes());
    }
  }

  private void work(FunctionProcess process, Medium medium, boolean withModels)
      throws InterruptedException {
    String analysis = Ids.analysisId(Instant.now(), new SecureRandom());
    Job job =
        new Job(
            "token",
            analysis,
            "cpu",
            queueUrl,
            medium.track(),
            medium.item(),
            new JobOptions(true),
            true);
    sqs.sendMessage(r -> r.queueUrl(queueUrl).messageBody(Json.string(job)));
    EventSource source = new EventSource(sqs, queueUrl, 1);
    if (!source.deliver(process, source.receive()).isEmpty()) {
      throw new IllegalStateException("the job was given back: " + process.output());
    }
    List<DetectorReport> reports = account.analyses().reports(analysis).getFirst().reports();
    if (withModels && reports.stream().noneMatch(r -> r.status() == ReportStatus.SCORED)) {
      throw new IllegalStateException("nothing was scored: " + reports);
    }
  }

  private Map<String, String> environment(boolean withModels) {
    Map<String, String> environment = account.environment(Map.of());
    environment.put("AWS_ENDPOINT_URL_SFN", environment.get("TOUCHSTONE_SFN_ENDPOINT"));
    environment.put("AWS_ENDPOINT_URL_SQS", endpoint);
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(MEMORY_MB));
    environment.put("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=" + MEMORY_MB + "m");
    environment.put("TOUCHSTONE_ENDPOINT_PATH_STYLE", "true");
    environment.put("TOUCHSTONE_ENDPOINT_MODELS_THREADS", "2");
    environment.put("ENDPOINT_NAME", "cpu");
    environment.put("QUEUE_URL", queueUrl);
    environment.put("BUCKET", account.objects().bucket());
    environment.put(
        "TOUCHSTONE_ENDPOINT_MODELS_FOLDER",
        root.resolve(withModels ? MODELS : MODELS + "/none").toString());
    return environment;
  }
}
