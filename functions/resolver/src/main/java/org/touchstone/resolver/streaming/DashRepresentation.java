package org.touchstone.resolver.streaming;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.ByteRange;

/**
 * One encoding of picture or sound.
 *
 * @param base the base of its addresses; the file itself where it has no parts
 * @param levels period, adaptation set and representation; a missing value is inherited from the
 *     level before
 * @param seconds the recording's length, 0 when unknown
 */
record DashRepresentation(WebLink base, List<Element> levels, double seconds) implements Encoding {

  @Override
  public long bitsPerSecond() {
    return number(levels.getLast(), "bandwidth");
  }

  @Override
  public long pixels() {
    return own("width") * own("height");
  }

  private long own(String attribute) {
    return number(levels.get(levels.getLast().hasAttr(attribute) ? 2 : 1), attribute);
  }

  /** Its parts, in one of the three forms, or the whole file. */
  SegmentedFile track(StreamingLimits limits) {
    Segments segments = new Segments(limits);
    List<Element> templates = all("SegmentTemplate");
    Optional<Element> list = all("SegmentList").stream().reduce((outer, inner) -> inner);
    if (!templates.isEmpty()) {
      new SegmentTemplate(base, templates, levels.getLast(), seconds).addTo(segments);
    } else if (list.isPresent()) {
      addList(list.get(), segments);
    } else if (DashManifest.children(levels.getLast(), "BaseURL").isEmpty()) {
      throw Refusal.corrupt();
    } else {
      segments.add(base, null);
    }
    return segments.track(bytes(seconds));
  }

  /** The elements with this name, the outermost first. */
  private List<Element> all(String name) {
    return levels.stream()
        .flatMap(level -> DashManifest.children(level, name).stream().limit(1))
        .toList();
  }

  private void addList(Element list, Segments segments) {
    for (Element part : list.children()) {
      switch (part.tagName()) {
        case "Initialization" -> addPart(part, "sourceURL", "range", segments);
        case "SegmentURL" -> addPart(part, "media", "mediaRange", segments);
        default -> {}
      }
    }
  }

  private void addPart(Element part, String source, String range, Segments segments) {
    WebLink link = part.hasAttr(source) ? Refusal.link(base, part.attr(source)) : base;
    segments.add(link, part.hasAttr(range) ? range(part.attr(range)) : null);
  }

  private static ByteRange range(String text) {
    List<Long> ends = new ArrayList<>();
    for (String end : text.strip().split("-", 2)) {
      ends.add(Refusal.number(end));
    }
    if (ends.size() != 2 || ends.get(1) < ends.get(0)) {
      throw Refusal.corrupt();
    }
    return new ByteRange(ends.get(0), ends.get(1) - ends.get(0) + 1);
  }

  /** The attribute's value; 0 when there is none. */
  static long number(Element element, String attribute) {
    String value = element.attr(attribute);
    return value.matches("[0-9]{1,12}") ? Long.parseLong(value) : 0;
  }
}
