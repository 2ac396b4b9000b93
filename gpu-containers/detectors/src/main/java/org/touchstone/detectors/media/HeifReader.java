package org.touchstone.detectors.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.AV_STREAM_GROUP_PARAMS_TILE_GRID;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avformat.AVStreamGroup;
import org.bytedeco.ffmpeg.avformat.AVStreamGroupTileGrid;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.touchstone.detectors.DetectionException;
import org.touchstone.detectors.image.Orientation;
import org.touchstone.detectors.image.RgbImage;
import org.touchstone.domain.Reason;

/**
 * Decodes AVIF and HEIC. A picture is one stream to ffmpeg or, as phones write it, a grid of tiles
 * with a stream each, which are put together here.
 */
public final class HeifReader {
  private final Path file;
  private final long maxSourcePixels;
  private final long maxPixels;
  private final Deadline deadline;

  /**
   * @param maxSourcePixels width times height beyond which a picture is refused unseen
   * @param maxPixels beyond which it is read at a fraction of its resolution
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
    try (MediaFile media = MediaFile.open(file)) {
      AVFormatContext container = media.context();
      Canvas canvas = canvas(container);
      Set<Integer> missing = new HashSet<>(canvas.tiles.keySet());
      AVPacket packet = av_packet_alloc();
      try (FrameConverter converter = new FrameConverter()) {
        while (!missing.isEmpty() && !deadline.passed() && av_read_frame(container, packet) >= 0) {
          int stream = packet.stream_index();
          if (missing.contains(stream)) {
            canvas.paste(stream, decode(container.streams(stream), packet, converter));
            missing.remove(stream);
          }
          av_packet_unref(packet);
        }
      } finally {
        av_packet_free(packet);
      }
      if (!missing.isEmpty()) {
        throw new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.");
      }
      return canvas.orientation.apply(canvas.image);
    }
  }

  private RgbImage decode(AVStream stream, AVPacket packet, FrameConverter converter) {
    AVCodecContext decoder = VideoDecoders.open(stream, maxSourcePixels);
    AVFrame frame = av_frame_alloc();
    try {
      if (avcodec_send_packet(decoder, packet) < 0
          || avcodec_send_packet(decoder, null) < 0
          || avcodec_receive_frame(decoder, frame) < 0) {
        throw new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.");
      }
      return converter.convert(frame, maxSourcePixels);
    } finally {
      av_frame_free(frame);
      avcodec_free_context(decoder);
    }
  }

  private Canvas canvas(AVFormatContext container) {
    AVStreamGroup best = null;
    for (int i = 0; i < container.nb_stream_groups(); i++) {
      AVStreamGroup group = container.stream_groups(i);
      boolean main = (group.disposition() & AV_DISPOSITION_DEFAULT) != 0;
      if (group.type() == AV_STREAM_GROUP_PARAMS_TILE_GRID && (best == null || main)) {
        best = group;
      }
    }
    return best == null ? single(container) : grid(best);
  }

  private Canvas grid(AVStreamGroup group) {
    AVStreamGroupTileGrid grid = group.params_tile_grid();
    Map<Integer, Tile> tiles = new HashMap<>();
    for (int i = 0; i < grid.nb_tiles(); i++) {
      int stream = group.streams(grid.offsets_idx(i)).index();
      int x = grid.offsets_horizontal(i) - grid.horizontal_offset();
      int y = grid.offsets_vertical(i) - grid.vertical_offset();
      tiles.put(stream, new Tile(x, y));
    }
    Orientation orientation =
        VideoDecoders.orientation(grid.coded_side_data(), grid.nb_coded_side_data());
    return canvas(grid.width(), grid.height(), tiles, orientation);
  }

  private Canvas single(AVFormatContext container) {
    AVStream best = null;
    for (int i = 0; i < container.nb_streams(); i++) {
      AVStream stream = container.streams(i);
      boolean main = (stream.disposition() & AV_DISPOSITION_DEFAULT) != 0;
      if (stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO && (best == null || main)) {
        best = stream;
      }
    }
    if (best == null) {
      throw new DetectionException(Reason.CORRUPT, "There is no picture in it.");
    }
    return canvas(
        best.codecpar().width(),
        best.codecpar().height(),
        Map.of(best.index(), new Tile(0, 0)),
        VideoDecoders.orientation(best));
  }

  private Canvas canvas(int width, int height, Map<Integer, Tile> tiles, Orientation orientation) {
    if (width < 1 || height < 1) {
      throw new DetectionException(Reason.CORRUPT, "It has no size.");
    }
    long pixels = (long) width * height;
    if (pixels > maxSourcePixels) {
      throw VideoDecoders.tooLarge(maxSourcePixels);
    }
    int step = (int) Math.max(1, Math.ceil(Math.sqrt((double) pixels / maxPixels)));
    int scaledWidth = (width + step - 1) / step;
    int scaledHeight = (height + step - 1) / step;
    byte[] data = new byte[scaledWidth * scaledHeight * RgbImage.CHANNELS];
    return new Canvas(new RgbImage(scaledWidth, scaledHeight, data), step, tiles, orientation);
  }

  /** Where a tile lies in the picture, which may cut it off. */
  private record Tile(int x, int y) {}

  /**
   * The picture to be.
   *
   * @param image of which nobody else knows yet, so its data may still be written
   * @param step every how manyth pixel is kept
   * @param tiles by the stream that holds them
   */
  private record Canvas(
      RgbImage image, int step, Map<Integer, Tile> tiles, Orientation orientation) {

    void paste(int stream, RgbImage picture) {
      Tile tile = tiles.get(stream);
      int fromX = Math.ceilDiv(Math.max(0, tile.x), step);
      int toX = Math.min(image.width(), Math.ceilDiv(tile.x + picture.width(), step));
      int fromY = Math.ceilDiv(Math.max(0, tile.y), step);
      int toY = Math.min(image.height(), Math.ceilDiv(tile.y + picture.height(), step));
      for (int y = fromY; y < toY; y++) {
        for (int x = fromX; x < toX; x++) {
          int source = ((y * step - tile.y) * picture.width() + x * step - tile.x);
          System.arraycopy(
              picture.data(),
              source * RgbImage.CHANNELS,
              image.data(),
              (y * image.width() + x) * RgbImage.CHANNELS,
              RgbImage.CHANNELS);
        }
      }
    }
  }
}
