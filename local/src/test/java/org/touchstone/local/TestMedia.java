package org.touchstone.local;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.touchstone.resolver.probe.BundledFfmpeg;

/** Media made on the spot by real encoders. */
final class TestMedia {
  private final Path folder;
  private final BundledFfmpeg ffmpeg;

  TestMedia(Path folder) {
    this.folder = folder;
    this.ffmpeg = BundledFfmpeg.unpack(folder.resolve("ffmpeg"));
  }

  /** A picture that says nothing about where it is from. */
  Path photo(String name, int seed) throws IOException {
    Path file = folder.resolve(name);
    ImageIO.write(picture(seed), "jpeg", file.toFile());
    return file;
  }

  /** A PNG file with the parameters that a well-known generator writes. */
  Path generated(String name) throws IOException {
    return generated(name, "a lighthouse");
  }

  /** The same, made from these words. */
  Path generated(String name, String prompt) throws IOException {
    BufferedImage picture = picture(7);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(
            ImageTypeSpecifier.createFromRenderedImage(picture), parameters);
    IIOMetadataNode entry = new IIOMetadataNode("tEXtEntry");
    entry.setAttribute("keyword", "parameters");
    entry.setAttribute(
        "value",
        prompt
            + "\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 64x64,"
            + " Model hash: 6ce0161689, Model: v1-5-pruned-emaonly");
    IIOMetadataNode text = new IIOMetadataNode("tEXt");
    text.appendChild(entry);
    IIOMetadataNode root = new IIOMetadataNode("javax_imageio_png_1.0");
    root.appendChild(text);
    metadata.mergeTree("javax_imageio_png_1.0", root);
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(metadata, new IIOImage(picture, null, metadata), parameters);
    } finally {
      writer.dispose();
    }
    return file;
  }

  /** Two seconds of moving picture with sound. */
  Path video(String name) throws Exception {
    return video(name, "320x240");
  }

  /** Two seconds of moving picture of a size, with sound. */
  Path video(String name, String size) throws Exception {
    return make(
        name,
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=" + size + ":rate=25:duration=2",
        "-f",
        "lavfi",
        "-i",
        "sine=frequency=440:duration=2",
        "-c:v",
        "mpeg4",
        "-c:a",
        "aac");
  }

  /** Two seconds of moving picture without sound. */
  Path silentVideo(String name) throws Exception {
    return make(
        name, "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25:duration=2", "-c:v", "mpeg4");
  }

  /** A small moving picture without sound. */
  Path silentVideo(String name, int seconds) throws Exception {
    return make(
        name,
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=160x120:rate=5:duration=" + seconds,
        "-c:v",
        "mpeg4");
  }

  /** Two seconds of sound. */
  Path audio(String name) throws Exception {
    return make(name, "-f", "lavfi", "-i", "sine=frequency=440:duration=2");
  }

  /** Ten hours, one frame an hour: a few kilobytes. */
  Path tenHours(String name) throws Exception {
    return make(
        name, "-f", "lavfi", "-i", "color=size=32x32:rate=1/3600:duration=36000", "-c:v", "mpeg4");
  }

  /** A video of a picture that does not move, with a sound; six seconds at most. */
  Path video(String name, Path picture, Path sound) throws Exception {
    return make(
        name,
        "-loop",
        "1",
        "-framerate",
        "12",
        "-t",
        "6",
        "-i",
        picture.toString(),
        "-i",
        sound.toString(),
        "-c:v",
        "mpeg4",
        "-q:v",
        "2",
        "-c:a",
        "aac",
        "-shortest");
  }

  /** A sound several times in a row. */
  Path repeated(String name, Path sound, int times) throws Exception {
    return make(
        name, "-stream_loop", Integer.toString(times - 1), "-i", sound.toString(), "-b:a", "64k");
  }

  private Path make(String name, String... arguments) throws Exception {
    Path file = folder.resolve(name);
    List<String> command =
        new ArrayList<>(List.of(ffmpeg.ffmpeg().toString(), "-v", "error", "-y"));
    command.addAll(List.of(arguments));
    command.add(file.toString());
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("LD_LIBRARY_PATH", ffmpeg.libraryPath());
    if (builder.start().waitFor() != 0) {
      throw new IOException("ffmpeg failed");
    }
    return file;
  }

  private static BufferedImage picture(int seed) {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(seed * 40503 & 0xFFFFFF));
    graphics.fillOval(8, 8, 40, 50);
    graphics.dispose();
    return image;
  }
}
