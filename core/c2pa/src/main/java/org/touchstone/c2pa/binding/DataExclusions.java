package org.touchstone.c2pa.binding;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.touchstone.c2pa.asset.Span;
import org.touchstone.c2pa.jumbf.JumbfException;

/**
 * The bytes that a data hash leaves out.
 *
 * @param spans in the order of the assertion
 */
record DataExclusions(List<Span> spans) {
  private static final int MAX = 10_000;

  DataExclusions {
    spans = List.copyOf(spans);
  }

  static DataExclusions of(JsonNode exclusions, long fileSize) throws JumbfException {
    if (exclusions.size() > MAX) {
      throw JumbfException.overLimit("there are more than " + MAX + " exclusions");
    }
    List<Span> spans = new ArrayList<>();
    for (JsonNode exclusion : exclusions) {
      JsonNode start = exclusion.path("start");
      JsonNode length = exclusion.path("length");
      boolean isSpan =
          start.canConvertToLong()
              && length.canConvertToLong()
              && start.longValue() >= 0
              && length.longValue() >= 0
              && start.longValue() <= fileSize
              && length.longValue() <= fileSize;
      if (!isSpan) {
        throw JumbfException.malformed("an exclusion does not lie in the file");
      }
      spans.add(new Span(start.longValue(), length.longValue()));
    }
    return new DataExclusions(spans);
  }

  boolean areWithin(long fileSize) {
    return spans.stream().allMatch(span -> span.end() <= fileSize);
  }

  /**
   * Whether one that overlaps the manifest store is not within it: the bytes beside the store could
   * be changed, and nobody would be told.
   */
  boolean reachOutOf(Span store) {
    return spans.stream()
        .filter(span -> span.start() < store.end() && span.end() > store.start())
        .anyMatch(span -> span.start() < store.start() || span.end() > store.end());
  }

  /**
   * The exclusions after the manifest store has grown by update manifests, which moved what lies
   * behind it.
   */
  DataExclusions grownTo(Span store) {
    Span before =
        spans.stream().filter(span -> span.start() == store.start()).findFirst().orElse(null);
    if (before == null) {
      return this;
    }
    long growth = Math.max(0, store.length() - before.length());
    return new DataExclusions(
        spans.stream()
            .map(
                span ->
                    span.equals(before)
                        ? store
                        : span.start() > store.start()
                            ? new Span(span.start() + growth, span.length())
                            : span)
            .toList());
  }
}
