package org.touchstone.resolver.streaming;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.touchstone.domain.link.WebLink;

/** Parts whose addresses follow a pattern (ISO/IEC 23009-1 §5.3.9.4). */
final class SegmentTemplate {
  private static final Pattern IDENTIFIER =
      Pattern.compile("\\$(RepresentationID|Number|Bandwidth|Time|)(?:%0([0-9]{1,2})d)?\\$");

  /** Longer than any link that is followed; a template may be as long as the manifest. */
  private static final int MAX_REFERENCE = 4096;

  private final WebLink base;
  private final List<Element> levels;
  private final Element representation;
  private final double seconds;

  /**
   * @param levels the template's elements, the outermost first; a missing value is inherited from
   *     the element before
   * @param seconds the period's length, 0 when unknown
   */
  SegmentTemplate(WebLink base, List<Element> levels, Element representation, double seconds) {
    this.base = base;
    this.levels = levels;
    this.representation = representation;
    this.seconds = seconds;
  }

  void addTo(Segments segments) {
    String media = attribute("media").orElseThrow(Refusal::corrupt);
    long first = number("startNumber", 1);
    long timescale = Math.max(1, number("timescale", 1));
    attribute("initialization").ifPresent(init -> segments.add(link(init, 0, 0), null));
    Optional<Element> timeline =
        levels.stream()
            .flatMap(level -> DashManifest.children(level, "SegmentTimeline").stream())
            .reduce((outer, inner) -> inner);
    long duration = number("duration", 0);
    if (timeline.isPresent()) {
      addTimeline(timeline.get(), media, first, timescale, segments);
    } else if (duration == 0) {
      segments.add(link(media, first, 0), null);
    } else {
      addEqual(media, first, duration, timescale, segments);
    }
  }

  private void addEqual(
      String media, long first, long duration, long timescale, Segments segments) {
    double count = Math.ceil(seconds * timescale / duration);
    long last = first + (long) Math.min(count, Integer.MAX_VALUE) - 1;
    last = Math.min(last, number("endNumber", Long.MAX_VALUE));
    for (long number = first; number <= last; number++) {
      segments.add(link(media, number, (number - first) * duration), null);
    }
  }

  private void addTimeline(
      Element timeline, String media, long first, long timescale, Segments segments) {
    List<Element> runs = DashManifest.children(timeline, "S");
    long number = first;
    long time = 0;
    for (int i = 0; i < runs.size(); i++) {
      Element run = runs.get(i);
      time = run.hasAttr("t") ? Refusal.number(run.attr("t")) : time;
      long duration = Refusal.number(run.attr("d"));
      long end =
          i + 1 < runs.size() && runs.get(i + 1).hasAttr("t")
              ? Refusal.number(runs.get(i + 1).attr("t"))
              : (long) (seconds * timescale);
      for (long left = times(run, time, duration, end); left > 0; left--) {
        segments.add(link(media, number, time), null);
        number++;
        time += duration;
      }
    }
  }

  /** The number of parts of a run; a negative repetition reaches to the end. */
  private static long times(Element run, long time, long duration, long end) {
    String repeat = run.attr("r");
    if (!repeat.startsWith("-")) {
      return repeat.isEmpty() ? 1 : Refusal.number(repeat) + 1;
    }
    if (duration == 0) {
      throw Refusal.corrupt();
    }
    return Math.max(0, Math.ceilDiv(end - time, duration));
  }

  private WebLink link(String pattern, long number, long time) {
    Matcher identifier = IDENTIFIER.matcher(limited(pattern));
    StringBuilder reference = new StringBuilder();
    while (identifier.find()) {
      String value =
          switch (identifier.group(1)) {
            case "RepresentationID" -> representation.attr("id");
            case "Bandwidth" -> padded(representation.attr("bandwidth"), identifier.group(2));
            case "Number" -> padded(Long.toString(number), identifier.group(2));
            case "Time" -> padded(Long.toString(time), identifier.group(2));
            default -> "$";
          };
      identifier.appendReplacement(reference, Matcher.quoteReplacement(limited(value)));
      limited(reference);
    }
    return Refusal.link(base, identifier.appendTail(reference).toString());
  }

  private static <T extends CharSequence> T limited(T text) {
    if (text.length() > MAX_REFERENCE) {
      throw Refusal.corrupt();
    }
    return text;
  }

  private static String padded(String digits, String width) {
    int missing = width == null ? 0 : Integer.parseInt(width) - digits.length();
    return "0".repeat(Math.max(0, missing)) + digits;
  }

  private Optional<String> attribute(String name) {
    return levels.reversed().stream()
        .filter(level -> level.hasAttr(name))
        .map(level -> level.attr(name))
        .findFirst();
  }

  private long number(String name, long otherwise) {
    return attribute(name).map(Refusal::number).orElse(otherwise);
  }
}
