package org.touchstone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.decode.FrameSampler;
import org.touchstone.detectors.decode.VideoReader;
import org.touchstone.resolver.probe.BundledFfmpeg;

/**
 * Measurements 16 frames from 1080p videos of one and of ten minutes, against decoding all ten
 * minutes. It also decodes a whole minute, with and without converting every frame to a picture,
 * and compares frames of high dynamic range with others. Each measurement runs in its own process,
 * so that its peak memory is its own.
 */
final class DecodeBench {
  private static final String SAMPLE = "sample";
  private static final String WHOLE = "whole";
  private static final String PICTURES = "pictures";
  private static final int SEGMENT_SECONDS = 10;
  private static final long MAX_PIXELS = 64_000_000;

  private DecodeBench() {}

  static void run() throws Exception {
    try (TempFolder work = TempFolder.create()) {
      Path minute = video(work.path(), 60);
      Path tenMinutes = video(work.path(), 600);
      double sampled = measure(SAMPLE, minute, "16 frames of 1 minute");
      double sampledLong = measure(SAMPLE, tenMinutes, "16 frames of 10 minutes");
      double whole = measure(WHOLE, tenMinutes, "10 minutes whole (baseline)");
      System.out.printf(
          Locale.ROOT,
          "ten minutes cost %.1f times as much as one, and 1/%.0f of decoding all ten%n",
          sampledLong / sampled,
          whole / sampledLong);
      double frames = measure(WHOLE, minute, "1 minute whole (baseline)");
      double pictures = measure(PICTURES, minute, "1 minute whole, in RGB");
      System.out.printf(
          Locale.ROOT,
          "decoding frames to RGB takes %.2f times as long as decoding alone%n",
          pictures / frames);
      Path tenSeconds = video(work.path(), SEGMENT_SECONDS);
      double standard = measure(PICTURES, tenSeconds, "10 s of standard range (baseline)");
      double high = measure(PICTURES, highDynamicRange(work.path(), tenSeconds), "10 s of HLG");
      System.out.printf(
          Locale.ROOT,
          "frames of high dynamic range take %.2f times as long as others%n",
          high / standard);
    }
  }

  /**
   * Entry point of the child process: {@code sample|whole|pictures FILE}; prints milliseconds and
   * frames.
   */
  public static void main(String... args) {
    Path file = Path.of(args[1]);
    long start = System.nanoTime();
    int frames = args[0].equals(SAMPLE) ? sample(file) : whole(file, args[0]);
    System.out.println((System.nanoTime() - start) / 1_000_000 + " " + frames);
  }

  private static int sample(Path file) {
    return new FrameSampler(DecodeLimits.DEFAULT).sample(file).size();
  }

  private static int whole(Path file, String what) {
    int frames = 0;
    try (VideoReader video =
        VideoReader.open(file, MAX_PIXELS, Deadline.in(Duration.ofMinutes(30)))) {
      while (video.decodeNext()) {
        frames++;
        if (what.equals(PICTURES)) {
          video.image(MAX_PIXELS);
        }
      }
    }
    return frames;
  }

  /** A segment is encoded once and then repeated, which is much faster than encoding it all. */
  private static Path video(Path work, int seconds) throws IOException, InterruptedException {
    BundledFfmpeg ffmpeg = BundledFfmpeg.unpack(work.resolve("ffmpeg"));
    Path segment = work.resolve("segment.mp4");
    if (!Files.exists(segment)) {
      Ffmpegs.run(
          ffmpeg,
          "-f",
          "lavfi",
          "-i",
          "testsrc2=size=1920x1080:rate=25",
          "-t",
          Integer.toString(SEGMENT_SECONDS),
          "-c:v",
          "libopenh264",
          "-b:v",
          "4M",
          "-g",
          "125",
          segment.toString());
    }
    Path video = work.resolve(seconds + "s.mp4");
    Ffmpegs.run(
        ffmpeg,
        "-stream_loop",
        Integer.toString(seconds / SEGMENT_SECONDS - 1),
        "-i",
        segment.toString(),
        "-c",
        "copy",
        video.toString());
    return video;
  }

  /** The same frames, tagged as phones tag them. */
  private static Path highDynamicRange(Path work, Path video)
      throws IOException, InterruptedException {
    Path tagged = work.resolve("hlg.mp4");
    Ffmpegs.run(
        BundledFfmpeg.unpack(work.resolve("ffmpeg")),
        "-i",
        video.toString(),
        "-c",
        "copy",
        "-bsf:v",
        "h264_metadata=transfer_characteristics=18:colour_primaries=9:matrix_coefficients=9",
        tagged.toString());
    return tagged;
  }

  /** Returns milliseconds. */
  private static double measure(String what, Path file, String name)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            DecodeBench.class.getName(),
            what,
            file.toString());
    try (ChildProcess child = ChildProcess.start(command)) {
      String[] answer =
          new String(child.process().getInputStream().readAllBytes()).strip().split(" ");
      double millis = Double.parseDouble(answer[0]);
      System.out.printf(
          Locale.ROOT,
          "%-30s %8.0f ms, %s frames, %.0f frames per second, peak %d MB%n",
          name,
          millis,
          answer[1],
          Integer.parseInt(answer[1]) / millis * 1000,
          child.peakMegabytes());
      return millis;
    }
  }
}
