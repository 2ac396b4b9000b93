package org.touchstone.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.bytedeco.opencv.global.opencv_core;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.decode.ImageDecoder;
import org.touchstone.detectors.faces.CascadeFaceDetector;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.alignment.FivePointCrop;
import org.touchstone.detectors.faces.installed.FaceDetectors;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pixels.ImageScaler;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.PublishedYuNet;

/**
 * Finds the face of a portrait in pictures of several sizes, in processor time of one thread: by
 * YuNet, with the face aligned as GenD needs it, and by OpenCV's cascade, which finds no landmarks
 * (baseline).
 */
final class FacesBench {
  private static final int PICTURES = 8;
  private static final int ROUNDS = 4;
  private static final int[][] SIZES = {{640, 480}, {1280, 720}, {1920, 1080}};
  private static final FivePointCrop CROP = new FivePointCrop(256, 1.3);

  /** Processor time of the one thread does not depend on what else the machine does. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private FacesBench() {}

  static void run(Path root) throws Exception {
    RgbImage portrait =
        new ImageDecoder(DecodeLimits.DEFAULT)
            .decode(
                root.resolve(
                    "testing/src/main/resources/org/touchstone/testing/media/photographs/astronaut.jpg"));
    opencv_core.setNumThreads(1);
    try (TempFolder work = TempFolder.create()) {
      PublishedYuNet.install(work.path());
      ModelStore store = new ModelStore(work.path());
      OnnxSettings settings = new OnnxSettings(OnnxSettings.Device.CPU, 1, 1, 64L << 20);
      try (OnnxModels models = new OnnxModels(store, settings);
          FaceDetector yunet = FaceDetectors.of(store, models);
          FaceDetector cascade = new CascadeFaceDetector()) {
        for (int[] size : SIZES) {
          measure(pictures(portrait, size[0], size[1]), yunet, cascade);
        }
      }
    }
  }

  private static void measure(List<RgbImage> pictures, FaceDetector yunet, FaceDetector cascade) {
    RgbImage first = pictures.getFirst();
    String size = first.width() + " x " + first.height();
    double baseline =
        facesPerSecond(size, "cascade (baseline)", pictures, image -> cascade.detect(image).size());
    facesPerSecond(size, "YuNet", pictures, image -> yunet.detect(image).size());
    double aligned =
        facesPerSecond(size, "YuNet and alignment", pictures, image -> aligned(yunet, image));
    System.out.printf(Locale.ROOT, "  = %.1f times the baseline's faces%n", aligned / baseline);
  }

  private static int aligned(FaceDetector detector, RgbImage image) {
    int count = 0;
    for (Face face : detector.detect(image)) {
      count += CROP.cut(image, face.landmarks()).isPresent() ? 1 : 0;
    }
    return count;
  }

  private static double facesPerSecond(
      String size, String way, List<RgbImage> pictures, ToIntFunction<RgbImage> finder) {
    pictures.forEach(finder::applyAsInt);
    long[] nanos = new long[ROUNDS * pictures.size()];
    int faces = 0;
    for (int i = 0; i < nanos.length; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      faces += finder.applyAsInt(pictures.get(i % pictures.size()));
      nanos[i] = THREADS.getCurrentThreadCpuTime() - start;
    }
    long sum = 0;
    for (long each : nanos) {
      sum += each;
    }
    double rate = faces / (sum / 1e9);
    System.out.printf(
        Locale.ROOT,
        "%-11s %-20s %6.1f faces per second, %d of %d; a picture: %s%n",
        size,
        way,
        rate,
        faces,
        nanos.length,
        Measurements.ofNanos(nanos));
    return rate;
  }

  /** The portrait, each time a little moved. */
  private static List<RgbImage> pictures(RgbImage portrait, int width, int height) {
    List<RgbImage> pictures = new ArrayList<>(PICTURES);
    int rows = portrait.width() * height / width;
    for (int i = 0; i < PICTURES; i++) {
      int most = Math.min(portrait.height() - rows, 2 * PICTURES);
      Rectangle view = new Rectangle(0, i * most / PICTURES, portrait.width(), rows);
      pictures.add(ImageScaler.scale(portrait, view, width, height));
    }
    return pictures;
  }
}
