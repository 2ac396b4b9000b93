package org.touchstone.detectors.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.decode.ImageDecoder;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.pixels.ImageScaler;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.testing.media.Photographs;

/** Pictures and videos that tests share. */
public final class TestMedia {
  private static final String SHA256 = "0".repeat(64);

  /** Finds no face anywhere. */
  public static final FaceDetector NO_FACES =
      new FaceDetector() {
        @Override
        public String name() {
          return "none";
        }

        @Override
        public List<Face> detect(RgbImage image) {
          return List.of();
        }
      };

  private TestMedia() {}

  /** A picture of a face. */
  public static Path astronaut(Path folder) {
    return Photographs.astronaut(folder);
  }

  /** A picture without a face. */
  public static Path rocket(Path folder) {
    return Photographs.rocket(folder);
  }

  public static RgbImage decode(Path file) {
    return new ImageDecoder(DecodeLimits.DEFAULT).decode(file);
  }

  public static MediaItem item(Modality modality, Double seconds) {
    return new MediaItem(
        MediaItem.idOf(SHA256), modality, SHA256, null, 1, null, null, seconds, null, null, null);
  }

  /** A medium of that modality looked at on its own track, without a face in it. */
  public static MediaContext context(Path file, Modality modality, DecodeLimits limits) {
    return context(file, modality, limits, NO_FACES);
  }

  public static MediaContext context(
      Path file, Modality modality, DecodeLimits limits, FaceDetector faces) {
    return new MediaContext(file, item(modality, null), modality, limits, faces, workFolder(file));
  }

  /** The folder of a medium, which the context may write to. */
  public static Path workFolder(Path file) {
    return file.toAbsolutePath().getParent();
  }

  /** A picture of one colour. */
  public static RgbImage plain(int width, int height, int red, int green, int blue) {
    byte[] data = new byte[width * height * RgbImage.CHANNELS];
    for (int i = 0; i < data.length; i += RgbImage.CHANNELS) {
      data[i] = (byte) red;
      data[i + 1] = (byte) green;
      data[i + 2] = (byte) blue;
    }
    return new RgbImage(width, height, data);
  }

  /** Writes a picture. */
  public static Path png(Path file, RgbImage image) {
    BufferedImage pixels =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        pixels.setRGB(
            x, y, image.sample(x, y, 0) << 16 | image.sample(x, y, 1) << 8 | image.sample(x, y, 2));
      }
    }
    try {
      ImageIO.write(pixels, "png", file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A picture whose brightness tells the number of its frame: {@code 4 * (n % 60) + 8}. */
  public static RgbImage numbered(int width, int height, int number) {
    int grey = 4 * (number % 60) + 8;
    return plain(width, height, grey, grey, grey);
  }

  /** A video of numbered frames, 25 a second. */
  public static Path numberedVideo(Path file, VideoSettings settings, int frames) {
    return video(file, settings, frames, n -> numbered(settings.width(), settings.height(), n));
  }

  /** A video of 25 frames a second. */
  public static Path video(
      Path file, VideoSettings settings, int frames, IntFunction<RgbImage> pictures) {
    try (VideoWriter writer = new VideoWriter(file, settings)) {
      for (int i = 0; i < frames; i++) {
        writer.frame(i / 25.0, pictures.apply(i));
      }
    }
    return file;
  }

  /** A video of a face in which the camera moves about. */
  public static Path faceVideo(Path folder, int frames) {
    RgbImage portrait = decode(astronaut(folder));
    return video(
        folder.resolve("face.mp4"),
        VideoSettings.h264(320, 320),
        frames,
        n -> {
          int side = 360 + n % 40;
          Rectangle view = new Rectangle(n % 30, n % 20, side, side);
          return ImageScaler.scale(portrait, view, 320, 320);
        });
  }

  /**
   * A small black JPEG.
   *
   * @param quality 0..1, as libjpeg's 0..100
   */
  public static Path jpeg(Path file, float quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(jpeg)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality);
      writer.setOutput(out);
      BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
      writer.write(null, new IIOImage(image, null, null), settings);
      out.flush();
      return Files.write(file, jpeg.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
  }
}
