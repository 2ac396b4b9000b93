package org.touchstone.resolver.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.touchstone.resolver.probe.IsoBoxes.Box;

/** The size of a HEIF picture, AVIF's included (ISO/IEC 23008-12 §6.5). */
final class HeifHeader {
  private static final int FULL_BOX = 4;

  private HeifHeader() {}

  /**
   * The largest of the sizes that its items have: the picture's own, not a thumbnail's or tile's.
   */
  static PixelSize read(FileChannel file) throws IOException {
    IsoBoxes boxes = new IsoBoxes(file);
    boxes.requireComplete();
    Box meta = require(boxes, "meta", 0, file.size());
    Box properties = require(boxes, "iprp", meta.start() + FULL_BOX, meta.end());
    Box container = require(boxes, "ipco", properties.start(), properties.end());
    PixelSize largest = null;
    boolean quarterTurn = false;
    for (Box property : boxes.in(container.start(), container.end())) {
      if (property.type().equals("ispe")) {
        ByteBuffer size = boxes.read(property.start() + FULL_BOX, 2 * Integer.BYTES);
        PixelSize next =
            PixelSize.of(
                Integer.toUnsignedLong(size.getInt()), Integer.toUnsignedLong(size.getInt()));
        largest = largest == null || next.pixels() > largest.pixels() ? next : largest;
      } else if (property.type().equals("irot")) {
        quarterTurn = (boxes.read(property.start(), 1).get() & 1) == 1;
      }
    }
    if (largest == null) {
      throw new CorruptException("no size");
    }
    return largest.turned(quarterTurn);
  }

  private static Box require(IsoBoxes boxes, String type, long from, long to) throws IOException {
    return boxes.first(type, from, to).orElseThrow(() -> new CorruptException("no " + type));
  }
}
