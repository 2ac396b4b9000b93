package org.touchstone.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.context.DetectionRun;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.installed.FaceDetectors;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.models.ModelStore;
import org.touchstone.resolver.probe.BundledFfmpeg;

/**
 * Runs all detectors on 30 seconds of a face in 720p: once sharing frames, faces and batches, and
 * once each on its own, one row at a time. Each mode runs in its own process.
 */
final class VideoBench {
  private static final String SHARED = "shared";
  private static final String ALONE = "alone";
  private static final int SECONDS = 30;

  /** Consecutive frames per sampled frame; with 16 sampled frames these are the usual 768. */
  private static final int CONSECUTIVE = 48;

  private static final Duration LIMIT = Duration.ofHours(1);
  private static final long MODEL_MEMORY = 12L << 30;
  private static final List<String> MODELS =
      List.of("ufd", "distil-dire", "genconvit", "ftcn", "styleflow", "retinaface");

  private VideoBench() {}

  static void run(Path root, Options options) throws Exception {
    Path models = NetworkBench.folder(root, options);
    new FormulaModels(models, options.precision()).with(MODELS);
    try (TempFolder work = TempFolder.create()) {
      Path video = video(root, work.path(), SECONDS);
      double shared = measure(SHARED, models, video, options);
      double alone = measure(ALONE, models, video, options);
      System.out.printf(Locale.ROOT, "sharing takes %.2f times as long%n", shared / alone);
    }
  }

  private static double measure(String way, Path models, Path video, Options options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(ChildProcess.java("-Xmx3g", VideoBench.class));
    command.addAll(List.of(way, models.toString(), video.toString()));
    command.addAll(options.arguments());
    try (ChildProcess child = ChildProcess.start(command)) {
      String output = new String(child.process().getInputStream().readAllBytes());
      System.out.print(output);
      if (child.process().waitFor() != 0) {
        throw new IOException(way + " failed");
      }
      System.out.printf(Locale.ROOT, "%-8s peak memory %d MB%n", way, child.peakMegabytes());
      String[] words = output.strip().split("\\s+");
      return Double.parseDouble(words[words.length - 2]);
    }
  }

  /** Entry point of the child process: mode, models' folder, video, options. */
  public static void main(String... args) {
    Options options = Options.parse(List.of(args).subList(3, args.length)).options();
    boolean shared = args[0].equals(SHARED);
    OnnxSettings.Batching batching =
        shared ? OnnxSettings.Batching.DEFAULT : new OnnxSettings.Batching(1, Duration.ZERO);
    ModelStore store = new ModelStore(Path.of(args[1]));
    try (OnnxModels models =
            new OnnxModels(
                store, new OnnxSettings(options.device(), 0, 1, MODEL_MEMORY, batching));
        FaceDetector faces = new PosedFaces(FaceDetectors.of(store, models))) {
      List<Detector> detectors =
          DetectorRegistry.of(store, models).forTrack(Modality.VIDEO).stream()
              .filter(Detector::isInstalled)
              .toList();
      long start = System.nanoTime();
      if (shared) {
        detect(Path.of(args[2]), options, faces, detectors).forEach(r -> print(args[0], r));
      } else {
        for (Detector detector : detectors) {
          detect(Path.of(args[2]), options, faces, List.of(detector))
              .forEach(r -> print(args[0], r));
        }
      }
      System.out.printf(
          Locale.ROOT, "%-8s all together %.1f s%n", args[0], (System.nanoTime() - start) / 1e9);
    }
  }

  private static List<DetectorReport> detect(
      Path video, Options options, FaceDetector faces, List<Detector> detectors) {
    DecodeLimits standard = DecodeLimits.DEFAULT;
    DecodeLimits limits =
        new DecodeLimits(
            options.frames(),
            standard.maxSourcePixels(),
            standard.maxImagePixels(),
            standard.maxFramePixels(),
            LIMIT,
            new DecodeLimits.Consecutive(
                CONSECUTIVE * options.frames(), standard.consecutive().maxCropBytes(), LIMIT));
    String sha256 = "0".repeat(64);
    MediaItem item =
        MediaItem.of(Modality.VIDEO, sha256, "video/mp4", 1)
            .withSize(1280, 720)
            .withDurationSeconds((double) SECONDS)
            .withAudio(false);
    try (MediaContext media =
        new MediaContext(
            video, item, Modality.VIDEO, limits, faces, video.toAbsolutePath().getParent())) {
      return new DetectionRun().run(media, detectors, LIMIT);
    }
  }

  private static void print(String way, DetectorReport report) {
    System.out.printf(
        Locale.ROOT,
        "%-8s %-12s %-9s %-12s decoding and faces %7.1f s, detecting %7.1f s%n",
        way,
        report.detector(),
        report.status().name().toLowerCase(Locale.ROOT),
        report.reason() == null ? "" : report.reason().code(),
        report.timings().decode() / 1000.0,
        report.timings().inference() / 1000.0);
  }

  /** A photograph of a person. */
  static Path portrait(Path root) {
    return root.resolve(
        "testing/src/main/resources/org/touchstone/testing/media/photographs/astronaut.jpg");
  }

  /** A video in which the camera moves slowly over a portrait. */
  static Path video(Path root, Path work, int seconds) throws IOException, InterruptedException {
    BundledFfmpeg ffmpeg = BundledFfmpeg.unpack(work.resolve("ffmpeg"));
    Path portrait = portrait(root);
    Path video = work.resolve("face.mp4");
    Ffmpegs.run(
        ffmpeg,
        "-loop",
        "1",
        "-framerate",
        "25",
        "-i",
        portrait.toString(),
        "-t",
        Integer.toString(seconds),
        "-vf",
        "scale=1400:-1,crop=1280:720:'40+40*sin(t)':'20+20*cos(t)'",
        "-pix_fmt",
        "yuv420p",
        "-c:v",
        "libopenh264",
        "-b:v",
        "4M",
        video.toString());
    return video;
  }
}
