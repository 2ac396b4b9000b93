package org.touchstone.detectors.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.Mosaic;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.HeifCrop;
import org.touchstone.formats.HeifItems;
import org.touchstone.formats.HeifItems.Grid;
import org.touchstone.formats.HeifItems.Item;
import org.touchstone.formats.HeifItems.Property;
import org.touchstone.formats.LargePictures;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.Orientation;
import org.touchstone.formats.PixelSize;
import org.touchstone.formats.completeness.Completeness;

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
      return shown(items, main, 0);
    } catch (DetectionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Invalid numbers make buffers throw various runtime exceptions.
      throw new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.", e);
    }
  }

  /** The picture of an item as it is to be shown. */
  private RgbImage shown(HeifItems items, Item item, int depth) throws IOException {
    RgbImage image;
    PixelSize stored;
    if (item.type().equals(HeifItems.GRID)) {
      image = grid(items, item);
      stored = items.grid(item).size();
    } else if (item.isSame() && depth < HeifItems.MAX_DEPTH && !item.parts().isEmpty()) {
      Item same = items.item(item.parts().getFirst()).orElseThrow(HeifReader::damaged);
      image = shown(items, same, depth + 1);
      stored = new PixelSize(image.width(), image.height());
    } else {
      checkSize(item.size(), maxSourcePixels);
      try (StillDecoder decoder = decoder(item)) {
        image = coded(items, item, decoder, maxPixels);
      }
      stored = item.size();
    }
    image = cropped(image, item, stored);
    for (Orientation turn : item.turns()) {
      image = image.turned(turn);
    }
    return image;
  }

  /**
   * A coded picture.
   *
   * @param decoder of its codec; null for JPEG, which is not decoded by ffmpeg
   */
  private RgbImage coded(HeifItems items, Item item, StillDecoder decoder, long most)
      throws IOException {
    byte[] data = items.data(item);
    if (decoder != null) {
      return decoder.decode(data, most);
    }
    // What several JPEGs have in common may be in a property.
    byte[] head = item.property("jpgC").map(Property::data).orElse(new byte[0]);
    byte[] whole = Arrays.copyOf(head, head.length + data.length);
    System.arraycopy(data, 0, whole, head.length, data.length);
    return new ImageIoDecoder(DecodeLimits.forStill(maxSourcePixels, most))
        .decode(
            new MemoryCacheImageInputStream(new ByteArrayInputStream(whole)),
            MediaFormat.JPEG,
            Growth.WHOLE);
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
    // Rows of tiles that are missing at the end are left out.
    int rows = items.wholeRows(item);
    if (rows < Completeness.MIN_SHARE * grid.rows()) {
      throw new DetectionException(Reason.CORRUPT, "It is cut off, and most of it is missing.");
    }
    int height = Math.min(grid.size().height(), rows * tileSize.height());
    Mosaic mosaic = new Mosaic(grid.size().width(), height, maxPixels);
    // Tiles of a grid are coded alike.
    try (StillDecoder decoder = decoder(tiles.getFirst())) {
      for (int i = 0; i < rows * grid.columns(); i++) {
        if (deadline.passed()) {
          throw new DetectionException(Reason.TIMEOUT, "Decoding it took too long.");
        }
        int x = i % grid.columns() * tileSize.width();
        int y = i / grid.columns() * tileSize.height();
        mosaic.paste(x, y, coded(items, tiles.get(i), decoder, maxSourcePixels));
      }
    }
    return mosaic.image();
  }

  /**
   * The part of a picture that is to be shown. The picture may be smaller than the size it was
   * stored in.
   */
  private static RgbImage cropped(RgbImage image, Item item, PixelSize stored) {
    Optional<HeifCrop> crop = item.crop(stored);
    if (crop.isEmpty()) {
      return image;
    }
    HeifCrop part = crop.get();
    double scale = (double) image.width() / stored.width();
    int x = Math.clamp(Math.round(part.x() * scale), 0, image.width() - 1);
    int y = Math.clamp(Math.round(part.y() * scale), 0, image.height() - 1);
    int width = Math.clamp(Math.round(part.size().width() * scale), 1, image.width() - x);
    int height = Math.clamp(Math.round(part.size().height() * scale), 1, image.height() - y);
    return image.part(new Rectangle(x, y, width, height));
  }

  /** The decoder of an item's codec; null for JPEG. */
  private StillDecoder decoder(Item item) {
    byte[] colours = item.property("colr").map(Property::data).orElse(new byte[0]);
    return switch (item.type()) {
      case "av01" ->
          StillDecoder.open(AV_CODEC_ID_AV1, configuration(item, "av1C"), colours, maxSourcePixels);
      case "hvc1" ->
          StillDecoder.open(
              AV_CODEC_ID_HEVC, configuration(item, "hvcC"), colours, maxSourcePixels);
      case "avc1" ->
          StillDecoder.open(
              AV_CODEC_ID_H264, configuration(item, "avcC"), colours, maxSourcePixels);
      case "jpeg" -> null;
      default -> throw new DetectionException(Reason.UNSUPPORTED, "Its codec is not supported.");
    };
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
