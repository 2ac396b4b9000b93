package org.touchstone.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The items of AVIF and HEIC (ISO 23008-12): their types, locations, parts and properties. */
public final class HeifItems {
  /** Type of an item that is composed of other items. */
  public static final String GRID = "grid";

  /**
   * Types of items that are shown as their first part: the same picture, and a tone-mapped one,
   * whose first part is for ordinary screens.
   */
  private static final Set<String> SAME = Set.of("iden", "tmap");

  /** HEVC, AV1, AVC, JPEG. */
  private static final Set<String> CODED = Set.of("hvc1", "av01", "avc1", "jpeg");

  /** How deep items can be derived from each other. */
  public static final int MAX_DEPTH = 3;

  /** Orientations by the number of counter-clockwise quarter turns. */
  private static final List<Orientation> ROTATIONS =
      List.of(
          Orientation.NORMAL,
          Orientation.ROTATE_270,
          Orientation.ROTATE_180,
          Orientation.ROTATE_90);

  private final ByteSource in;
  private final Map<Integer, Item> items;
  private final int primary;
  private final Box inlineData;

  /** Items of which bytes are missing; each is examined once, however often others refer to it. */
  private final Set<Item> cutOff;

  private HeifItems(ByteSource in, HeifBoxes boxes) {
    this.in = in;
    this.items = boxes.items();
    this.primary = boxes.primary();
    this.inlineData = boxes.inlineData();
    this.cutOff =
        items.values().stream()
            .filter(item -> !item.extents.stream().allMatch(this::isThere))
            .collect(Collectors.toSet());
  }

  /**
   * The items of a file; empty when it has none.
   *
   * @throws IOException when the file ends before the items do, or when they are not valid
   */
  public static Optional<HeifItems> read(ByteSource in) throws IOException {
    for (Box box : Box.between(in, 0, in.size())) {
      if (box.type().equals("meta")) {
        HeifBoxes boxes = new HeifBoxes(in);
        List<Box> content = Box.between(in, box.data() + Box.FULL_BYTES, box.end());
        checked(
            () -> {
              boxes.read(content);
              return boxes;
            });
        if (!boxes.items().isEmpty()) {
          return Optional.of(new HeifItems(in, boxes));
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

    void describe(String newType, String newContentType) {
      type = newType;
      contentType = newContentType;
    }

    void add(Extent extent) {
      extents.add(extent);
    }

    void add(Property property) {
      properties.add(property);
    }

    void addPart(int number) {
      parts.add(number);
    }

    /** Four characters, such as {@code av01}, {@code grid} or {@code Exif}. */
    public String type() {
      return type;
    }

    /** Whether its picture is made of those of its {@link #parts}. */
    public boolean isDerived() {
      return type.equals(GRID) || isSame();
    }

    /** Whether its picture is that of its first part. */
    public boolean isSame() {
      return SAME.contains(type);
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
     * The part that is to be shown (the clean aperture, ISO/IEC 14496-12 §12.1.4), before rotation;
     * empty when it is the whole picture. A part that does not lie in the picture is ignored.
     *
     * @param stored the picture's size as stored
     */
    public Optional<HeifCrop> crop(PixelSize stored) {
      return property("clap").flatMap(clap -> HeifCrop.of(clap.buffer(), stored));
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

  record Extent(boolean inline, long offset, long length) {}

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
    PixelSize stored = main.type.equals(GRID) ? grid(main).size() : main.size();
    PixelSize size = main.crop(stored).map(HeifCrop::size).orElse(stored);
    boolean quarter = false;
    for (Orientation turn : main.turns()) {
      quarter ^= turn.transposes();
    }
    return size.turned(quarter);
  }

  /** Whether the main picture, or what it is made of, is coded in a way that can be decoded. */
  public boolean isDecodable() {
    return primary().filter(main -> isDecodable(main, 0)).isPresent();
  }

  private boolean isDecodable(Item item, int depth) {
    if (!item.isDerived()) {
      return CODED.contains(item.type);
    }
    return depth < MAX_DEPTH
        && !item.parts.isEmpty()
        && item(item.parts.getFirst()).filter(part -> isDecodable(part, depth + 1)).isPresent();
  }

  /**
   * The item whose picture is that of another: itself unless it is the same as its first part.
   *
   * @throws FormatException when there is no such item, or it is derived too often
   */
  public Item real(Item item) throws FormatException {
    Item real = item;
    for (int depth = 0; real.isSame() && depth < MAX_DEPTH; depth++) {
      real =
          real.parts.stream()
              .findFirst()
              .flatMap(this::item)
              .orElseThrow(() -> new FormatException("a picture of nothing"));
    }
    if (real.isSame()) {
      throw new FormatException("derived too often");
    }
    return real;
  }

  /** Whether all bytes of an item are in the file, and of those it is made of. */
  public boolean isWhole(Item item) {
    return !item.isDerived() || item.type.equals(GRID)
        ? !cutOff.contains(item)
        : item.parts.stream()
            .allMatch(part -> item(part).filter(each -> !cutOff.contains(each)).isPresent());
  }

  private boolean isThere(Extent extent) {
    long base = extent.inline && inlineData != null ? inlineData.data() : 0;
    long start = base + extent.offset;
    return start >= 0 && extent.length >= 0 && start <= in.size() - extent.length;
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
}
