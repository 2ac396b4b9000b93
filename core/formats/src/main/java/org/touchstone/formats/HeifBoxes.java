package org.touchstone.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.formats.HeifItems.Extent;
import org.touchstone.formats.HeifItems.Item;
import org.touchstone.formats.HeifItems.Property;

/**
 * Reads the boxes that describe items (ISO 23008-12). Numbers that are not valid lead to various
 * runtime exceptions from buffers.
 */
final class HeifBoxes {
  private static final int MAX_ITEMS = 20_000;
  private static final int MAX_META_BYTES = 16 << 20;

  /**
   * Parts of items in all; pictures have one each, or one for each tile. A part whose numbers have
   * no width takes no bytes, so the length of the box is no bound.
   */
  private static final int MAX_EXTENTS = 100_000;

  private static final int WIDE_IDS_VERSION = 2;

  private final ByteSource in;
  private final Map<Integer, Item> items = new HashMap<>();
  private final List<Property> properties = new ArrayList<>();
  private int primary = -1;
  private Box inlineData;
  private int extents;

  HeifBoxes(ByteSource in) {
    this.in = in;
  }

  Map<Integer, Item> items() {
    return items;
  }

  int primary() {
    return primary;
  }

  /** The box of data within the description; null when there is none. */
  Box inlineData() {
    return inlineData;
  }

  /** Reads the boxes in a meta box. */
  void read(List<Box> boxes) throws IOException {
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
    String type = text(entry, Integer.BYTES);
    item.describe(type, type.equals("mime") ? text(entry, entry.remaining()) : "");
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
      int parts = box.getShort() & 0xffff;
      extents += parts;
      if (extents > MAX_EXTENTS) {
        throw new IndexOutOfBoundsException("too many extents");
      }
      for (int part = 0; part < parts; part++) {
        if (version > 0) {
          number(box, sizes & 0xf);
        }
        long offset = base + number(box, sizes >> 12 & 0xf);
        long length = number(box, sizes >> 8 & 0xf);
        item.add(new Extent(method == 1, offset, length));
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
          item.addPart(number(buffer, wide));
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
          item.add(properties.get(index - 1));
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
