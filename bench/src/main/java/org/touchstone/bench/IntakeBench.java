package org.touchstone.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.resolver.probe.BundledFfmpeg;

/**
 * Measures memory while a video of 1 GB streams from a server on loopback into the embedded S3
 * server, and during 200 resolves at once. The resolver runs in its own process; both servers run
 * in this one.
 */
final class IntakeBench {
  /** The bucket on the embedded S3 server. */
  static final String BUCKET = "bench";

  private static final long BYTES = 1_000_000_000;
  private static final String VIDEO = "video.example.org/1gb.mp4";

  private IntakeBench() {}

  static void run() throws Exception {
    AccessKey key = AccessKey.random("bench");
    try (TempFolder work = TempFolder.create();
        EmbeddedS3 s3 = EmbeddedS3.onDisk(work.path().resolve("s3"), 0, AccessKeys.of(key));
        StandIn web = new StandIn()) {
      s3.createBucket(BUCKET);
      BundledFfmpeg ffmpeg = BundledFfmpeg.unpack(work.path().resolve("ffmpeg"));
      Path video = video(work.path(), ffmpeg);
      web.serve(VIDEO, video);
      posts(web);
      List<String> places =
          List.of(
              web.address().toString(),
              s3.endpoint().toString(),
              key.id(),
              key.secret(),
              ffmpeg.ffprobe().path(),
              ffmpeg.libraryPath(),
              work.path().toString());
      System.out.printf(Locale.ROOT, "video of %,d bytes%n", Files.size(video));
      child("fetched and dropped (baseline)", "-Xmx512m", places, IntakeProcess.DROP);
      child("streamed into S3, all garbage collected", "-Xmx512m", places, IntakeProcess.STREAM_GC);
      delete(s3);
      child("streamed into S3, heap of 64 MB", "-Xmx64m", places, IntakeProcess.STREAM);
      child("posts, one at a time (baseline)", "-Xmx512m", places, IntakeProcess.ONE);
      child("posts, 200 at once", "-Xmx512m", places, IntakeProcess.ALL);
    }
  }

  private static void delete(EmbeddedS3 s3) {
    try (var client = s3.client()) {
      for (var object : client.listObjectsV2Paginator(list -> list.bucket(BUCKET)).contents()) {
        client.deleteObject(delete -> delete.bucket(BUCKET).key(object.key()));
      }
    }
  }

  /** A video of ten seconds of noise, repeated. */
  private static Path video(Path work, BundledFfmpeg ffmpeg)
      throws IOException, InterruptedException {
    Path part = work.resolve("part.mp4");
    ffmpeg(
        ffmpeg,
        "-f lavfi -i testsrc=size=640x360:rate=25:duration=10,noise=alls=100:allf=t -c:v mpeg4 -q:v 2",
        part);
    Path video = work.resolve("1gb.mp4");
    long times = Math.ceilDiv(BYTES, Files.size(part));
    ffmpeg(ffmpeg, "-stream_loop " + (times - 1) + " -i " + part + " -c copy", video);
    Files.delete(part);
    return video;
  }

  private static void ffmpeg(BundledFfmpeg ffmpeg, String options, Path to)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(ffmpeg.ffmpeg().toString(), "-v", "error"));
    command.addAll(List.of(options.split(" ")));
    command.add(to.toString());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LD_LIBRARY_PATH", ffmpeg.libraryPath());
    if (builder.start().waitFor() != 0) {
      throw new IOException("ffmpeg failed");
    }
  }

  /** Serves posts with any id, each with its own photograph. */
  private static void posts(StandIn web) throws IOException {
    BufferedImage image = new BufferedImage(1280, 960, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, (x * y / 500) << 8 | random.nextInt(64));
      }
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", jpeg);
    byte[] photo = jpeg.toByteArray();
    web.serve("pbs.twimg.com/media/", target -> withComment(photo, target));
    web.serve(
        "cdn.syndication.twimg.com/tweet-result",
        target -> {
          String id = target.replaceAll(".*[?&]id=([0-9]+).*", "$1");
          return ("{\"__typename\":\"Tweet\",\"text\":\"Look\",\"user\":{\"screen_name\":\"jane\"},"
                  + "\"mediaDetails\":[{\"type\":\"photo\",\"media_url_https\":"
                  + "\"https://pbs.twimg.com/media/P"
                  + id
                  + ".jpg\"}]}")
              .getBytes();
        });
    System.out.printf(Locale.ROOT, "photographs of %,d bytes%n", photo.length);
  }

  /** Adds a JPEG comment after the first marker: the bytes change, the picture does not. */
  private static byte[] withComment(byte[] jpeg, String comment) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, (byte) (comment.length() + 2)});
    out.writeBytes(comment.getBytes());
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  private static void child(String name, String heap, List<String> places, String what)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                IntakeProcess.class.getName(),
                what));
    command.addAll(places);
    try (ChildProcess child = ChildProcess.start(command)) {
      String answer = new String(child.process().getInputStream().readAllBytes()).strip();
      System.out.printf(
          Locale.ROOT,
          "%-40s %s, peak %d MB%n",
          name,
          answer.isEmpty() ? "failed" : answer,
          child.peakMegabytes());
    }
  }
}
