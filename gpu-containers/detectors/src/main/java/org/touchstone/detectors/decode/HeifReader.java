package org.touchstone.detectors.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.Mosaic;
import org.touchstone.detectors.pixels.Orientation;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.formats.Box;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.HeifItems;
import org.touchstone.formats.HeifItems.Item;
import org.touchstone.formats.HeifItems.Property;

/**
 * Decodes the main picture of AVIF and HEIC, which is one coded picture or, as phones write it, a
 * grid of them.
 */
public final class HeifReader {
  private static final int MAX_TILES = 4096;
  private static final int RIGHT_ANGLES = 4;

  private final Path file;
  private final long maxSourcePixels;
  private final long maxPixels;
  private final Deadline deadline;

  /**
   * @param maxSourcePixels width times height beyond which a picture is refused unseen
   * @param maxPixels beyond which it is given at a lower resolution
   */
  public HeifReader(Path file, long maxSourcePixels, long maxPixels, Deadline deadline) {
    this.file = file;
    this.maxSourcePixels = maxSourcePixels;
    this.maxPixels = maxPixels;
    this.deadline = deadline;
  }

  /**
   * The main picture, upright.
   *
   * @throws DetectionException with {@link Reason#UNSUPPORTED} when its codec is not known or it is
   *     too large, {@link Reason#CORRUPT} when it is damaged or cut off
   */
  public RgbImage read() {
    try (ByteSource in = new ByteSource(file)) {
      HeifItems items = HeifItems.read(in).orElseThrow(HeifReader::damaged);
      Item main = items.primary().orElseThrow(HeifReader::damaged);
      RgbImage image = main.type().equals("grid") ? grid(items, main) : single(items, main);
      for (Orientation turn : turns(main)) {
        image = turn.apply(image);
      }
      return image;
    } catch (DetectionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Numbers that make no sense end in buffers' many runtime exceptions.
      throw new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.", e);
    }
  }

  private RgbImage single(HeifItems items, Item item) throws IOException {
    checkSize(Size.of(item));
    try (StillDecoder decoder = decoder(item)) {
      return decoder.decode(items.data(item), maxPixels);
    }
  }

  private RgbImage grid(HeifItems items, Item item) throws IOException {
    Grid grid = Grid.of(ByteBuffer.wrap(items.data(item)));
    checkSize(new Size(grid.width, grid.height));
    List<Item> tiles = new ArrayList<>();
    for (int part : item.parts()) {
      tiles.add(items.item(part).orElseThrow(HeifReader::damaged));
    }
    if (tiles.size() != grid.rows * grid.columns || tiles.size() > MAX_TILES) {
      throw damaged();
    }
    Size tileSize = Size.of(tiles.getFirst());
    checkSize(tileSize);
    Mosaic mosaic = new Mosaic(grid.width, grid.height, maxPixels);
    // Tiles of a grid are coded alike.
    try (StillDecoder decoder = decoder(tiles.getFirst())) {
      for (int i = 0; i < tiles.size(); i++) {
        if (deadline.passed()) {
          throw new DetectionException(Reason.TIMEOUT, "Decoding it took too long.");
        }
        int x = i % grid.columns * tileSize.width;
        int y = i / grid.columns * tileSize.height;
        mosaic.paste(x, y, decoder.decode(items.data(tiles.get(i)), maxSourcePixels));
      }
    }
    return mosaic.image();
  }

  private StillDecoder decoder(Item item) {
    byte[] colours = item.property("colr").map(Property::data).orElse(new byte[0]);
    return switch (item.type()) {
      case "av01" ->
          StillDecoder.open(AV_CODEC_ID_AV1, configuration(item, "av1C"), colours, maxSourcePixels);
      case "hvc1" ->
          StillDecoder.open(
              AV_CODEC_ID_HEVC, configuration(item, "hvcC"), colours, maxSourcePixels);
      default -> throw new DetectionException(Reason.UNSUPPORTED, "Its codec is not supported.");
    };
  }

  private static byte[] configuration(Item item, String type) {
    return item.property(type).map(Property::data).orElseThrow(HeifReader::damaged);
  }

  private void checkSize(Size size) {
    if (size.width < 1 || size.height < 1) {
      throw damaged();
    }
    if ((long) size.width * size.height > maxSourcePixels) {
      throw VideoDecoders.tooLarge(maxSourcePixels);
    }
  }

  /** Rotations are counted against the clock; mirroring is top to bottom or left to right. */
  private static List<Orientation> turns(Item item) {
    List<Orientation> turns = new ArrayList<>();
    for (Property property : item.properties()) {
      if (property.type().equals("irot")) {
        turns.add(
            switch (property.buffer().get() & RIGHT_ANGLES - 1) {
              case 1 -> Orientation.ROTATE_270;
              case 2 -> Orientation.ROTATE_180;
              case 3 -> Orientation.ROTATE_90;
              default -> Orientation.NORMAL;
            });
      } else if (property.type().equals("imir")) {
        boolean leftRight = (property.buffer().get() & 1) != 0;
        turns.add(leftRight ? Orientation.FLIP_HORIZONTAL : Orientation.FLIP_VERTICAL);
      }
    }
    return turns;
  }

  private static DetectionException damaged() {
    return new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.");
  }

  private record Size(int width, int height) {
    static Size of(Item item) {
      ByteBuffer extent = item.property("ispe").orElseThrow(HeifReader::damaged).buffer();
      return new Size(extent.getInt(Box.FULL_BYTES), extent.getInt(Box.FULL_BYTES + 4));
    }
  }

  private record Grid(int rows, int columns, int width, int height) {
    private static final int WIDE_FLAG = 1;

    static Grid of(ByteBuffer in) {
      in.get();
      boolean wide = (in.get() & WIDE_FLAG) != 0;
      int rows = (in.get() & 0xff) + 1;
      int columns = (in.get() & 0xff) + 1;
      int width = wide ? in.getInt() : in.getShort() & 0xffff;
      int height = wide ? in.getInt() : in.getShort() & 0xffff;
      return new Grid(rows, columns, width, height);
    }
  }
}
