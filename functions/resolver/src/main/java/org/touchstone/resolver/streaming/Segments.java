package org.touchstone.resolver.streaming;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.ByteRange;

/** Collects a track's parts. Neighbouring ranges of one file become one request. */
final class Segments {
  /** At most this many parts: four hours in parts of less than a second. */
  private static final int MAX = 20_000;

  private final StreamingLimits limits;
  private final List<Segment> list = new ArrayList<>();
  private long bytes;
  private boolean isSizeKnown = true;
  private int added;

  Segments(StreamingLimits limits) {
    this.limits = limits;
  }

  /**
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LONG} for too many parts, {@link
   *     ProblemType#MEDIA_TOO_LARGE} for too many bytes
   */
  void add(WebLink link, ByteRange range) {
    if (++added > MAX) {
      throw new ProblemException(ProblemType.MEDIA_TOO_LONG, "This video has too many parts.");
    }
    if (range == null) {
      isSizeKnown = false;
      list.add(new Segment(link, null));
      return;
    }
    bytes += range.length();
    limits.checkBytes(bytes);
    Segment last = list.isEmpty() ? null : list.getLast();
    if (last != null
        && last.range() != null
        && last.range().end() == range.from()
        && last.link().equals(link)) {
      list.set(
          list.size() - 1,
          new Segment(
              link, new ByteRange(last.range().from(), last.range().length() + range.length())));
    } else {
      list.add(new Segment(link, range));
    }
  }

  /**
   * @param estimate bytes by bit rate and length, used where the parts give no size
   */
  SegmentedFile track(long estimate) {
    if (list.isEmpty()) {
      throw Refusal.corrupt();
    }
    return new SegmentedFile(list, isSizeKnown ? bytes : estimate);
  }
}
