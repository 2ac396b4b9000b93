package org.touchstone.resolver;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.touchstone.resolver.probe.BundledFfmpeg;

/** Real files, made by the real ffmpeg, each once per run. */
public final class TestMedia {
  private static final String PICTURE = "-f lavfi -i testsrc=size=64x48:rate=10:duration=1";
  private static final String SOUND = "-f lavfi -i sine=duration=1:sample_rate=48000";

  private static final Path FOLDER = newFolder();
  private static final Map<String, Path> MADE = new ConcurrentHashMap<>();
  public static final BundledFfmpeg FFMPEG = BundledFfmpeg.unpack(FOLDER.resolve("libraries"));

  private TestMedia() {}

  private static Path newFolder() {
    try {
      Path folder = Files.createTempDirectory("test-media-");
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try (var files = Files.walk(folder)) {
                      files
                          .sorted(java.util.Comparator.reverseOrder())
                          .forEach(f -> f.toFile().delete());
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  }));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One second of moving picture and sound. */
  public static Path video(String name, String options) {
    return make(name, PICTURE + " " + SOUND + " " + options);
  }

  /** One second of moving picture. */
  public static Path silentVideo(String name, String options) {
    return make(name, PICTURE + " " + options);
  }

  /** One second of sound. */
  public static Path audio(String name, String options) {
    return make(name, SOUND + " " + options);
  }

  /** One picture of 64 by 48 pixels. */
  public static Path image(String name, String options) {
    return make(name, PICTURE + " -frames:v 1 " + options);
  }

  public static Path mp4() {
    return video("video.mp4", "-c:v mpeg4 -c:a aac");
  }

  public static Path mp3() {
    return audio("audio.mp3", "-c:a libmp3lame");
  }

  public static Path jpeg() {
    return image("image.jpg", "");
  }

  public static Path png() {
    return image("image.png", "");
  }

  /** Ten hours of black, one frame an hour: a few kilobytes. */
  public static Path tenHours() {
    return make("long.mp4", "-f lavfi -i color=size=32x32:rate=1/3600:duration=36000 -c:v mpeg4");
  }

  public static Path make(String name, String options) {
    return MADE.computeIfAbsent(name, n -> run(FOLDER.resolve(n), options));
  }

  private static Path run(Path file, String options) {
    List<String> command =
        new ArrayList<>(List.of(FFMPEG.ffmpeg().toString(), "-v", "error", "-y"));
    command.addAll(List.of(options.strip().split(" +")));
    command.add(file.toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LD_LIBRARY_PATH", FFMPEG.libraryPath());
    builder.redirectInput(new File("/dev/null"));
    try {
      Files.createDirectories(file.getParent());
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IllegalStateException(output);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
