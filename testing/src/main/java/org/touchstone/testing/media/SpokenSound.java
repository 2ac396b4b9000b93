package org.touchstone.testing.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A sound with speech: two sentences that the synthesiser eSpeak NG spoke, 6.2 s in FLAC, one
 * channel at 16 kHz.
 */
public final class SpokenSound {
  private SpokenSound() {}

  /** Writes the file into a folder. */
  public static Path in(Path folder) throws IOException {
    try (InputStream in = SpokenSound.class.getResourceAsStream("/sound/spoken.flac")) {
      return Files.write(folder.resolve("spoken.flac"), in.readAllBytes());
    }
  }
}
