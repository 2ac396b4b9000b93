package org.touchstone.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.touchstone.resolver.probe.BundledFfmpeg;

/** Runs ffmpeg to make videos. */
final class Ffmpegs {
  private Ffmpegs() {}

  static void run(BundledFfmpeg ffmpeg, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(ffmpeg.ffmpeg().toString(), "-v", "error", "-y"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LD_LIBRARY_PATH", ffmpeg.libraryPath());
    if (builder.start().waitFor() != 0) {
      throw new IOException("ffmpeg failed");
    }
  }
}
