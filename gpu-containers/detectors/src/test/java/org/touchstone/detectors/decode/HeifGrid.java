package org.touchstone.detectors.decode;

import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.box;
import static org.touchstone.testing.media.Containers.concat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.testing.media.Containers;

/**
 * Writes an AVIF whose picture is a grid of two times two tiles, as phones write HEIC: the tiles
 * are taken out of four AVIFs of one tile each.
 */
final class HeifGrid {
  private static final int TILES = 4;
  private static final int GRID_ITEM = 5;
  private static final byte[] FULL = new byte[4];

  private HeifGrid() {}

  /**
   * @param side of a tile, pixels
   * @param colours red, green and blue of each tile, row by row
   * @param width of the picture, which cuts the right tiles off
   * @param height of the picture, which cuts the lower tiles off
   * @param rightAngles by which to turn it against the clock
   */
  static Path write(
      Path folder, int side, int[][] colours, int width, int height, int rightAngles) {
    List<byte[]> tiles = new ArrayList<>();
    byte[] configuration = null;
    for (int i = 0; i < TILES; i++) {
      int[] colour = colours[i];
      VideoSettings settings = VideoSettings.h264(side, side).withCodec("libaom-av1", "yuv420p");
      Path tile =
          TestMedia.video(
              folder.resolve("tile.avif"),
              settings,
              1,
              n -> TestMedia.plain(side, side, colour[0], colour[1], colour[2]));
      byte[] bytes = Containers.read(tile);
      tiles.add(content(bytes, "mdat"));
      configuration = content(bytes, "av1C");
    }
    byte[] type = box("ftyp", ascii("avif"), new byte[4], ascii("avifmif1miaf"));
    // Offsets do not change the length of the box, so a first draft tells where the data begin.
    int dataAt =
        type.length + meta(tiles, 0, configuration, side, width, height, rightAngles).length + 8;
    byte[] meta = meta(tiles, dataAt, configuration, side, width, height, rightAngles);
    byte[] data = box("mdat", tiles.toArray(byte[][]::new));
    return Containers.write(folder.resolve("grid.avif"), concat(type, meta, data));
  }

  private static byte[] meta(
      List<byte[]> tiles,
      int dataAt,
      byte[] configuration,
      int side,
      int width,
      int height,
      int rightAngles) {
    byte[] handler = box("hdlr", FULL, new byte[4], ascii("pict"), new byte[13]);
    byte[] primary = box("pitm", FULL, shorts(GRID_ITEM));
    List<byte[]> entries = new ArrayList<>();
    for (int i = 1; i <= GRID_ITEM; i++) {
      String kind = i == GRID_ITEM ? "grid" : "av01";
      byte[] version = {2, 0, 0, 0};
      entries.add(box("infe", version, shorts(i, 0), ascii(kind), new byte[1]));
    }
    byte[] items = box("iinf", FULL, shorts(GRID_ITEM), concat(entries.toArray(byte[][]::new)));
    byte[] references = box("iref", FULL, box("dimg", shorts(GRID_ITEM, TILES, 1, 2, 3, 4)));
    byte[] properties =
        box(
            "iprp",
            box(
                "ipco",
                box("av1C", configuration),
                box("ispe", FULL, ints(side, side)),
                box("ispe", FULL, ints(width, height)),
                box("irot", new byte[] {(byte) rightAngles})),
            box("ipma", FULL, ints(GRID_ITEM), associations()));
    byte[] grid = concat(new byte[] {0, 0, 1, 1}, shorts(width, height));
    return box(
        "meta",
        FULL,
        handler,
        primary,
        items,
        references,
        properties,
        locations(tiles, dataAt, grid.length),
        box("idat", grid));
  }

  private static byte[] associations() {
    byte[] all = new byte[0];
    for (int i = 1; i <= TILES; i++) {
      all = concat(all, shorts(i), new byte[] {2, (byte) 0x81, 2});
    }
    return concat(all, shorts(GRID_ITEM), new byte[] {2, 3, (byte) 0x84});
  }

  /** Version 1, with four bytes each for offset and length; the grid itself lies in idat. */
  private static byte[] locations(List<byte[]> tiles, int dataAt, int gridBytes) {
    byte[] all = concat(new byte[] {1, 0, 0, 0, 0x44, 0x00}, shorts(GRID_ITEM));
    int offset = dataAt;
    for (int i = 1; i <= TILES; i++) {
      int length = tiles.get(i - 1).length;
      all = concat(all, shorts(i, 0, 0, 1), ints(offset, length));
      offset += length;
    }
    return box("iloc", concat(all, shorts(GRID_ITEM, 1, 0, 1), ints(0, gridBytes)));
  }

  /** The content of the first box of a type, wherever it lies. */
  private static byte[] content(byte[] file, String type) {
    int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(type);
    int size = ByteBuffer.wrap(file).getInt(at - 4);
    return Arrays.copyOfRange(file, at + 4, at - 4 + size);
  }

  private static byte[] shorts(int... values) {
    ByteBuffer out = ByteBuffer.allocate(values.length * Short.BYTES);
    for (int value : values) {
      out.putShort((short) value);
    }
    return out.array();
  }

  private static byte[] ints(int... values) {
    ByteBuffer out = ByteBuffer.allocate(values.length * Integer.BYTES);
    for (int value : values) {
      out.putInt(value);
    }
    return out.array();
  }
}
