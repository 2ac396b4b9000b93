package org.touchstone.testing.media;

import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.box;
import static org.touchstone.testing.media.Containers.concat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds the items of HEIC files: their types, sizes, turns and locations. The files do not contain
 * a coded picture.
 */
public final class Heif {
  private static final byte[] FULL = new byte[4];
  private static final String XMP = "application/rdf+xml\0";

  private final List<Item> items = new ArrayList<>();
  private int primary = 1;

  private record Item(
      String type, byte[] contentType, byte[] data, List<byte[]> properties, int[] parts) {}

  /**
   * Adds a picture.
   *
   * @param quarters counter-clockwise quarter turns for display
   */
  public Heif picture(int width, int height, int quarters) {
    return add("hvc1", new byte[0], new byte[16], size(width, height), turn(quarters));
  }

  /**
   * Adds a picture of which a part is shown.
   *
   * @param crop from {@link #crop}
   */
  public Heif picture(int width, int height, int quarters, byte[] crop) {
    return add("hvc1", new byte[0], new byte[16], size(width, height), crop, turn(quarters));
  }

  /** Adds a picture of any type. */
  public Heif coded(String type, int width, int height, byte[] data, byte[]... properties) {
    byte[][] all = Arrays.copyOf(properties, properties.length + 1);
    all[properties.length] = size(width, height);
    return add(type, new byte[0], data, all);
  }

  /** Adds a picture that is another one, and becomes the main one. */
  public Heif derived(String type, int width, int height, int from, byte[]... properties) {
    byte[][] all = Arrays.copyOf(properties, properties.length + 1);
    all[properties.length] = size(width, height);
    items.add(new Item(type, new byte[0], new byte[4], List.of(all), new int[] {from}));
    return primary(items.size());
  }

  /** The property by which a part is shown: its size, and how far it is off the middle. */
  public static byte[] crop(int width, int height, int right, int down) {
    return box("clap", ints(width, 1, height, 1, right, 1, down, 1));
  }

  /** Adds a picture of tiles, which becomes the main one. */
  public Heif grid(int rows, int columns, int width, int height, int tileWidth, int tileHeight) {
    int[] parts = new int[rows * columns];
    for (int i = 0; i < parts.length; i++) {
      picture(tileWidth, tileHeight, 0);
      parts[i] = items.size();
    }
    byte[] grid =
        concat(new byte[] {0, 0, (byte) (rows - 1), (byte) (columns - 1)}, shorts(width, height));
    items.add(new Item("grid", new byte[0], grid, List.of(size(width, height)), parts));
    return primary(items.size());
  }

  /** Adds EXIF, a TIFF structure. */
  public Heif exif(byte[] tiff) {
    return add("Exif", new byte[0], concat(new byte[4], tiff));
  }

  /** Adds a packet of XMP. */
  public Heif xmp(byte[] packet) {
    return add("mime", ascii(XMP), packet);
  }

  /** Makes an item the main one; numbers start at 1, in the order of addition. */
  public Heif primary(int item) {
    primary = item;
    return this;
  }

  /** The file. */
  public byte[] bytes() {
    byte[] type = box("ftyp", ascii("heic"), new byte[4], ascii("mif1heic"));
    // Offsets do not change the length of the box, so a first draft gives the start of the data.
    int dataAt = type.length + meta(0).length + 8;
    byte[] data = concat(items.stream().map(Item::data).toArray(byte[][]::new));
    return concat(type, meta(dataAt), box("mdat", data));
  }

  private Heif add(String type, byte[] contentType, byte[] data, byte[]... properties) {
    items.add(new Item(type, contentType, data, List.of(properties), new int[0]));
    return this;
  }

  private byte[] meta(int dataAt) {
    byte[] entries = new byte[0];
    byte[] references = new byte[0];
    byte[] properties = new byte[0];
    byte[] associations = new byte[0];
    byte[] locations = concat(FULL, new byte[] {0x44, 0}, shorts(items.size()));
    int property = 0;
    int offset = dataAt;
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      int number = i + 1;
      entries =
          concat(
              entries,
              box(
                  "infe",
                  new byte[] {2, 0, 0, 0},
                  shorts(number, 0),
                  ascii(item.type),
                  new byte[1],
                  item.contentType));
      if (item.parts.length > 0) {
        byte[] parts = concat(shorts(number, item.parts.length), shorts(item.parts));
        references = concat(references, box("dimg", parts));
      }
      associations =
          concat(associations, shorts(number), new byte[] {(byte) item.properties.size()});
      for (byte[] each : item.properties) {
        properties = concat(properties, each);
        associations = concat(associations, new byte[] {(byte) ++property});
      }
      locations = concat(locations, shorts(number, 0, 1), ints(offset, item.data.length));
      offset += item.data.length;
    }
    return box(
        "meta",
        FULL,
        box("pitm", FULL, shorts(primary)),
        box("iinf", FULL, shorts(items.size()), entries),
        box("iref", FULL, references),
        box("iprp", box("ipco", properties), box("ipma", FULL, ints(items.size()), associations)),
        box("iloc", locations));
  }

  private static byte[] size(int width, int height) {
    return box("ispe", FULL, ints(width, height));
  }

  private static byte[] turn(int quarters) {
    return box("irot", new byte[] {(byte) quarters});
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
    out.asIntBuffer().put(values);
    return out.array();
  }
}
