package org.touchstone.resolver.streaming;

import java.util.List;

/**
 * A file in parts, which put one behind the other make it up.
 *
 * @param segments at least one
 * @param bytes how large it is, by the parts' ranges or else by bit rate and length; 0 when neither
 *     is told
 */
public record SegmentedFile(List<Segment> segments, long bytes) {
  public SegmentedFile {
    segments = List.copyOf(segments);
  }

  /** Whether it is one file at one address. */
  public boolean isWholeFile() {
    return segments.size() == 1 && segments.getFirst().range() == null;
  }
}
