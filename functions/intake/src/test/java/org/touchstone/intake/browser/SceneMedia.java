package org.touchstone.intake.browser;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import javax.imageio.ImageIO;
import org.touchstone.testing.media.Photographs;
import org.touchstone.testing.media.Samples;

/** Bytes of media and of evidence about them, as the endpoints store them. */
final class SceneMedia {
  private static final int HEAT_MAP = 64;
  private static final int PEAKS = 600;

  private final Path folder;

  SceneMedia(Path folder) {
    this.folder = folder;
  }

  byte[] portrait() {
    return read(Photographs.astronaut(folder));
  }

  byte[] rocket() {
    return read(Photographs.rocket(folder));
  }

  byte[] video() {
    return Samples.named("video.mp4").bytes();
  }

  byte[] sound() {
    return Samples.named("sound.mp3").bytes();
  }

  /** Warm where the portrait's face is, transparent elsewhere. */
  byte[] heatMap() {
    BufferedImage picture = new BufferedImage(HEAT_MAP, HEAT_MAP, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setPaint(
        new RadialGradientPaint(
            28,
            15,
            18,
            new float[] {0, 0.6f, 1},
            new Color[] {
              new Color(255, 40, 0, 230), new Color(255, 190, 0, 160), new Color(255, 255, 0, 0)
            }));
    graphics.fillRect(0, 0, HEAT_MAP, HEAT_MAP);
    graphics.dispose();
    return encoded(picture, "png");
  }

  /** The portrait in another light: a frame of a video. */
  byte[] frame(int number) {
    try {
      BufferedImage portrait = ImageIO.read(new ByteArrayInputStream(portrait()));
      BufferedImage frame = new BufferedImage(320, 180, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = frame.createGraphics();
      graphics.drawImage(portrait, -20 * number, -30, 360, 360, null);
      graphics.setPaint(
          new GradientPaint(0, 0, new Color(0, 0, 60, 90), 320, 180, new Color(60, 30, 0, 10)));
      graphics.fillRect(0, 0, 320, 180);
      graphics.dispose();
      return encoded(frame, "jpg");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The outline of a voice: words with pauses. */
  byte[] waveform(double seconds) {
    StringJoiner peaks = new StringJoiner(",", "[", "]");
    for (int i = 0; i < PEAKS; i++) {
      double word = Math.max(0, Math.sin(i / 17.0) + 0.4 * Math.sin(i / 5.3));
      peaks.add(String.valueOf((int) Math.min(127, 8 + 80 * word + 14 * Math.sin(i * 2.7))));
    }
    return "{\"secondsPerPeak\":%s,\"peaks\":%s}"
        .formatted(seconds / PEAKS, peaks)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] encoded(BufferedImage picture, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
