package org.touchstone.detectors.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.Mosaic;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.HeifItems;
import org.touchstone.formats.HeifItems.Grid;
import org.touchstone.formats.HeifItems.Item;
import org.touchstone.formats.HeifItems.Property;
import org.touchstone.formats.LargePictures;
import org.touchstone.formats.Orientation;
import org.touchstone.formats.PixelSize;

/**
 * Decodes the main picture of AVIF and HEIC: one coded picture or, as phones write it, a grid of
 * them.
 */
public final class HeifReader {
  private static final int MAX_TILES = 4096;

  private final Path file;
  private final long maxSourcePixels;
  private final long maxPixels;
  private final Deadline deadline;

  /**
   * @param maxSourcePixels width times height above which a picture is rejected without decoding; a
   *     grid of pictures may have {@link LargePictures#FACTOR} times as many
   * @param maxPixels width times height above which it is decoded at a lower resolution
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
      RgbImage image = main.type().equals(HeifItems.GRID) ? grid(items, main) : single(items, main);
      for (Orientation turn : main.turns()) {
        image = image.turned(turn);
      }
      return image;
    } catch (DetectionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Invalid numbers make buffers throw various runtime exceptions.
      throw new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.", e);
    }
  }

  private RgbImage single(HeifItems items, Item item) throws IOException {
    checkSize(item.size(), maxSourcePixels);
    try (StillDecoder decoder = decoder(item)) {
      return decoder.decode(items.data(item), maxPixels);
    }
  }

  private RgbImage grid(HeifItems items, Item item) throws IOException {
    Grid grid = items.grid(item);
    checkSize(grid.size(), LargePictures.FACTOR * maxSourcePixels);
    List<Item> tiles = new ArrayList<>();
    for (int part : item.parts()) {
      tiles.add(items.item(part).orElseThrow(HeifReader::damaged));
    }
    if (tiles.size() != grid.rows() * grid.columns() || tiles.size() > MAX_TILES) {
      throw damaged();
    }
    PixelSize tileSize = tiles.getFirst().size();
    checkSize(tileSize, maxSourcePixels);
    Mosaic mosaic = new Mosaic(grid.size().width(), grid.size().height(), maxPixels);
    // Tiles of a grid are coded alike.
    try (StillDecoder decoder = decoder(tiles.getFirst())) {
      for (int i = 0; i < tiles.size(); i++) {
        if (deadline.passed()) {
          throw new DetectionException(Reason.TIMEOUT, "Decoding it took too long.");
        }
        int x = i % grid.columns() * tileSize.width();
        int y = i / grid.columns() * tileSize.height();
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
      case "jpeg" -> StillDecoder.jpeg(tables(item), maxSourcePixels);
      default -> throw new DetectionException(Reason.UNSUPPORTED, "Its codec is not supported.");
    };
  }

  /** What pictures that are JPEG have in common, if they do not have it themselves. */
  private static byte[] tables(Item item) {
    return item.property("jpgC").map(Property::data).orElse(new byte[0]);
  }

  private static byte[] configuration(Item item, String type) {
    return item.property(type).map(Property::data).orElseThrow(HeifReader::damaged);
  }

  private static void checkSize(PixelSize size, long most) {
    if (size.pixels() > most) {
      throw VideoDecoders.tooLarge(most);
    }
  }

  private static DetectionException damaged() {
    return new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.");
  }
}
