package org.touchstone.resolver.streaming;

import java.util.List;

/**
 * A file in parts; concatenated, they form the file.
 *
 * @param segments at least one
 * @param bytes its size, by the parts' ranges or else by bit rate and length; 0 when both are
 *     unknown
 */
public record SegmentedFile(List<Segment> segments, long bytes) {
  public SegmentedFile {
    segments = List.copyOf(segments);
  }

  /** Whether it is a single file at one address. */
  public boolean isWholeFile() {
    return segments.size() == 1 && segments.getFirst().range() == null;
  }
}
