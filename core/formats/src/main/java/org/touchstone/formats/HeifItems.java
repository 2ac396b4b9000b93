package org.touchstone.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The items of AVIF and HEIC (ISO 23008-12): their types, locations, parts and properties. */
public final class HeifItems {
  private static final int MAX_ITEMS = 20_000;
  private static final int MAX_META_BYTES = 16 << 20;
  private static final int WIDE_IDS_VERSION = 2;

  /** Type of an item that is composed of other items. */
  public static final String GRID = "grid";

  /** Orientations by the number of counter-clockwise quarter turns. */
  private static final List<Orientation> ROTATIONS =
      List.of(
          Orientation.NORMAL,
          Orientation.ROTATE_270,
          Orientation.ROTATE_180,
          Orientation.ROTATE_90);

  private final ByteSource in;
  private final Map<Integer, Item> items = new HashMap<>();
  private final List<Property> properties = new ArrayList<>();
  private int primary = -1;
  private Box inlineData;

  private HeifItems(ByteSource in) {
    this.in = in;
  }

  /**
   * The items of a file; empty when it has none.
   *
   * @throws IOException when the file ends before the items do, or when they are not valid
   */
  public static Optional<HeifItems> read(ByteSource in) throws IOException {
    for (Box box : Box.between(in, 0, in.size())) {
      if (box.type().equals("meta")) {
        HeifItems found = new HeifItems(in);
        List<Box> boxes = Box.between(in, box.data() + Box.FULL_BYTES, box.end());
        checked(
            () -> {
              found.meta(boxes);
              return found;
            });
        if (!found.items.isEmpty()) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  /** A step that reads from a file. */
  @FunctionalInterface
  private interface Step<T> {
    T run() throws IOException;
  }

  /**
   * Runs a step. Numbers that are not valid lead to various runtime exceptions from buffers; these
   * become a format exception.
   */
  private static <T> T checked(Step<T> step) throws IOException {
    try {
      return step.run();
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | NegativeArraySizeException e) {
      throw new FormatException("the items are not valid", e);
    }
  }

  /** One item. */
  public static final class Item {
    private String type = "";
    private String contentType = "";
    private final List<Extent> extents = new ArrayList<>();
    private final List<Property> properties = new ArrayList<>();
    private final List<Integer> parts = new ArrayList<>();

    /** Four characters, such as {@code av01}, {@code grid} or {@code Exif}. */
    public String type() {
      return type;
    }

    /** The media type of {@code mime} items, with all that follows it. */
    public String contentType() {
      return contentType;
    }

    /** Numbers of the items that this item is derived from, in order. */
    public List<Integer> parts() {
      return parts;
    }

    /** Its properties in the order in which they apply. */
    public List<Property> properties() {
      return properties;
    }

    public Optional<Property> property(String propertyType) {
      return properties.stream().filter(p -> p.type.equals(propertyType)).findFirst();
    }

    /**
     * The size that it claims, before rotation.
     *
     * @throws FormatException when it does not claim a size
     */
    public PixelSize size() throws IOException {
      Property extent = property("ispe").orElseThrow(() -> new FormatException("no size"));
      return checked(
          () ->
              PixelSize.of(
                  Integer.toUnsignedLong(extent.buffer().getInt(Box.FULL_BYTES)),
                  Integer.toUnsignedLong(extent.buffer().getInt(Box.FULL_BYTES + Integer.BYTES))));
    }

    /**
     * The turns that make it upright, in order. Rotations are counter-clockwise; mirroring is top
     * to bottom or left to right.
     *
     * @throws FormatException when a turn has no value
     */
    public List<Orientation> turns() throws IOException {
      List<Orientation> turns = new ArrayList<>();
      for (Property property : properties) {
        if (property.type().equals("irot")) {
          turns.add(ROTATIONS.get(checked(() -> property.buffer().get() & ROTATIONS.size() - 1)));
        } else if (property.type().equals("imir")) {
          boolean leftRight = checked(() -> (property.buffer().get() & 1) != 0);
          turns.add(leftRight ? Orientation.FLIP_HORIZONTAL : Orientation.FLIP_VERTICAL);
        }
      }
      return turns;
    }
  }

  /**
   * A picture composed of tiles of one size, row by row; the last tiles are cropped.
   *
   * @param size of the whole picture, before rotation
   */
  public record Grid(int rows, int columns, PixelSize size) {
    private static final int WIDE_FLAG = 1;

    private static Grid of(ByteBuffer in) throws FormatException {
      in.get();
      boolean wide = (in.get() & WIDE_FLAG) != 0;
      int rows = (in.get() & 0xff) + 1;
      int columns = (in.get() & 0xff) + 1;
      long width = wide ? Integer.toUnsignedLong(in.getInt()) : in.getShort() & 0xffff;
      long height = wide ? Integer.toUnsignedLong(in.getInt()) : in.getShort() & 0xffff;
      return new Grid(rows, columns, PixelSize.of(width, height));
    }
  }

  /** A property: its box type and its content, from the start. */
  public record Property(String type, byte[] data) {
    public ByteBuffer buffer() {
      return ByteBuffer.wrap(data);
    }
  }

  private record Extent(boolean inline, long offset, long length) {}

  /** All items. */
  public List<Item> all() {
    return List.copyOf(items.values());
  }

  public Optional<Item> primary() {
    return item(primary);
  }

  public Optional<Item> item(int number) {
    return Optional.ofNullable(items.get(number));
  }

  /**
   * The layout of an item of type {@code grid}.
   *
   * @throws IOException when the item does not give its layout
   */
  public Grid grid(Item item) throws IOException {
    byte[] data = data(item);
    return checked(() -> Grid.of(ByteBuffer.wrap(data)));
  }

  /**
   * The size of the main picture, upright.
   *
   * @throws IOException when the file does not have a main picture, or the picture does not claim a
   *     size
   */
  public PixelSize shownSize() throws IOException {
    Item main = primary().orElseThrow(() -> new FormatException("no main picture"));
    PixelSize size = main.type.equals(GRID) ? grid(main).size() : main.size();
    boolean quarter = false;
    for (Orientation turn : main.turns()) {
      quarter ^= turn.transposes();
    }
    return size.turned(quarter);
  }

  /** Whether all bytes of an item are in the file. */
  public boolean isWhole(Item item) {
    for (Extent extent : item.extents) {
      long base = extent.inline && inlineData != null ? inlineData.data() : 0;
      long start = base + extent.offset;
      if (start < 0 || extent.length < 0 || start > in.size() - extent.length) {
        return false;
      }
    }
    return true;
  }

  /**
   * The rows of tiles from the top whose bytes are all in the file.
   *
   * @throws IOException when the item does not give its layout
   */
  public int wholeRows(Item item) throws IOException {
    int columns = grid(item).columns();
    int tiles = 0;
    for (int part : item.parts) {
      Item tile = items.get(part);
      if (tile == null || !isWhole(tile)) {
        break;
      }
      tiles++;
    }
    return tiles / columns;
  }

  /** The bytes of an item. */
  public byte[] data(Item item) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Extent extent : item.extents) {
      long base = extent.inline && inlineData != null ? inlineData.data() : 0;
      long rest = in.size() - base - extent.offset;
      // An extent without a length extends to the end.
      out.writeBytes(in.read(base + extent.offset, extent.length == 0 ? rest : extent.length));
    }
    return out.toByteArray();
  }

  private void meta(List<Box> boxes) throws IOException {
    for (Box box : boxes) {
      switch (box.type()) {
        case "pitm" -> primary = primary(content(box));
        case "iinf" -> information(box);
        case "iloc" -> locations(content(box));
        case "iref" -> references(box);
        case "iprp" -> properties(box);
        case "idat" -> inlineData = box;
        default -> {}
      }
    }
  }

  private ByteBuffer content(Box box) throws IOException {
    return ByteBuffer.wrap(in.read(box.data(), Math.min(box.size(), MAX_META_BYTES)));
  }

  private static int primary(ByteBuffer box) {
    return number(box.position(Box.FULL_BYTES), box.get(0) > 0);
  }

  private void information(Box box) throws IOException {
    int version = in.read(box.data(), 1)[0];
    int count = version == 0 ? Short.BYTES : Integer.BYTES;
    for (Box entry : Box.between(in, box.data() + Box.FULL_BYTES + count, box.end())) {
      information(content(entry));
    }
  }

  /**
   * Reads an item's entry: version and flags, number, protection, type, and for media a name and
   * the media type.
   */
  private void information(ByteBuffer entry) {
    int version = entry.get(0);
    Item item = of(number(entry.position(Box.FULL_BYTES), version > WIDE_IDS_VERSION));
    entry.getShort();
    item.type = text(entry, Integer.BYTES);
    if (item.type.equals("mime")) {
      item.contentType = text(entry, entry.remaining());
    }
  }

  private void locations(ByteBuffer box) {
    int version = box.get(0);
    boolean wide = version >= WIDE_IDS_VERSION;
    int sizes = box.getShort(Box.FULL_BYTES) & 0xffff;
    box.position(Box.FULL_BYTES + Short.BYTES);
    int count = number(box, wide);
    for (int i = 0; i < count; i++) {
      Item item = of(number(box, wide));
      int method = version == 0 ? 0 : box.getShort() & 0xf;
      box.getShort();
      long base = number(box, sizes >> 4 & 0xf);
      int extents = box.getShort() & 0xffff;
      for (int e = 0; e < extents; e++) {
        if (version > 0) {
          number(box, sizes & 0xf);
        }
        long offset = base + number(box, sizes >> 12 & 0xf);
        long length = number(box, sizes >> 8 & 0xf);
        item.extents.add(new Extent(method == 1, offset, length));
      }
    }
  }

  private void references(Box box) throws IOException {
    boolean wide = in.read(box.data(), 1)[0] > 0;
    for (Box reference : Box.between(in, box.data() + Box.FULL_BYTES, box.end())) {
      if (reference.type().equals("dimg")) {
        ByteBuffer buffer = content(reference);
        Item item = of(number(buffer, wide));
        int count = buffer.getShort() & 0xffff;
        for (int i = 0; i < count; i++) {
          item.parts.add(number(buffer, wide));
        }
      }
    }
  }

  private void properties(Box box) throws IOException {
    List<Box> boxes = Box.between(in, box.data(), box.end());
    for (Box each : boxes) {
      if (each.type().equals("ipco")) {
        for (Box property : Box.between(in, each.data(), each.end())) {
          properties.add(new Property(property.type(), content(property).array()));
        }
      }
    }
    for (Box each : boxes) {
      if (each.type().equals("ipma")) {
        associations(content(each));
      }
    }
  }

  /** Reads which properties belong to which items; indexes start at one. */
  private void associations(ByteBuffer box) {
    boolean wideIds = box.get(0) > 0;
    boolean wideIndices = (box.get(3) & 1) != 0;
    int count = box.getInt(Box.FULL_BYTES);
    box.position(Box.FULL_BYTES + Integer.BYTES);
    for (int i = 0; i < count; i++) {
      Item item = of(number(box, wideIds));
      int associated = box.get() & 0xff;
      for (int a = 0; a < associated; a++) {
        int index = wideIndices ? box.getShort() & 0x7fff : box.get() & 0x7f;
        if (index > 0) {
          item.properties.add(properties.get(index - 1));
        }
      }
    }
  }

  private Item of(int number) {
    if (items.size() > MAX_ITEMS) {
      throw new IndexOutOfBoundsException("too many items");
    }
    return items.computeIfAbsent(number, n -> new Item());
  }

  private static int number(ByteBuffer in, boolean wide) {
    return wide ? in.getInt() : in.getShort() & 0xffff;
  }

  private static long number(ByteBuffer in, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << Byte.SIZE | in.get() & 0xff;
    }
    return value;
  }

  private static String text(ByteBuffer in, int bytes) {
    byte[] text = new byte[bytes];
    in.get(text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
