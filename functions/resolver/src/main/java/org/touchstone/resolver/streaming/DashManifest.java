package org.touchstone.resolver.streaming;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.markup.Markup;
import org.touchstone.resolver.markup.MarkupException;

/** A media presentation description of one period. */
public final class DashManifest {
  private static final int MAX_REPRESENTATIONS = 500;

  private final StreamingLimits limits;
  private final double seconds;
  private final List<DashRepresentation> pictures = new ArrayList<>();
  private final List<DashRepresentation> sounds = new ArrayList<>();
  private int representations;
  private boolean isSomeEncrypted;

  private DashManifest(StreamingLimits limits, double seconds) {
    this.limits = limits;
    this.seconds = seconds;
  }

  /**
   * @throws ProblemException {@link ProblemType#MEDIA_UNSUPPORTED} for live streams and several
   *     periods, {@link ProblemType#MEDIA_CORRUPT} or {@link ProblemType#MEDIA_TOO_LONG}
   */
  public static DashManifest parse(StreamingManifest manifest, StreamingLimits limits) {
    Element root =
        document(manifest).children().stream()
            .filter(e -> e.tagName().equals("MPD"))
            .findFirst()
            .orElseThrow(Refusal::corrupt);
    if (root.attr("type").equals("dynamic")) {
      throw Refusal.live();
    }
    List<Element> periods = children(root, "Period");
    if (periods.isEmpty()) {
      throw Refusal.corrupt();
    }
    if (periods.size() > 1) {
      throw Refusal.unsupported("This video is put together from several recordings.");
    }
    Element period = periods.getFirst();
    double seconds =
        period.hasAttr("duration")
            ? seconds(period.attr("duration"))
            : seconds(root.attr("mediaPresentationDuration"));
    limits.checkSeconds(seconds);
    DashManifest read = new DashManifest(limits, seconds);
    WebLink base = base(base(manifest.link(), root), period);
    for (Element set : children(period, "AdaptationSet")) {
      for (Element representation : children(set, "Representation")) {
        read.add(base, List.of(period, set, representation));
      }
    }
    return read;
  }

  private static Document document(StreamingManifest manifest) {
    try {
      return Markup.xml(manifest.text());
    } catch (MarkupException e) {
      throw Refusal.corrupt();
    }
  }

  private void add(WebLink base, List<Element> levels) {
    Element set = levels.get(1);
    Element representation = levels.get(2);
    Optional<List<DashRepresentation>> kind = kind(set, representation);
    if (kind.isEmpty()) {
      return;
    }
    // Counts encrypted ones too, because reading each one scans all its neighbours.
    if (++representations > MAX_REPRESENTATIONS) {
      throw Refusal.corrupt();
    }
    if (!children(set, "ContentProtection").isEmpty()
        || !children(representation, "ContentProtection").isEmpty()) {
      isSomeEncrypted = true;
      return;
    }
    kind.get().add(new DashRepresentation(base(base(base, set), representation), levels, seconds));
  }

  /** The list that a representation belongs to; empty for other kinds, such as subtitles. */
  private Optional<List<DashRepresentation>> kind(Element set, Element representation) {
    boolean hasSampleRate =
        DashRepresentation.number(representation, "audioSamplingRate") > 0
            || DashRepresentation.number(set, "audioSamplingRate") > 0;
    for (String value :
        List.of(
            representation.attr("mimeType"),
            set.attr("mimeType"),
            set.attr("contentType"),
            // Old manifests put sound into video/mp4 and distinguish the two only by their ids.
            representation.attr("id").toLowerCase(Locale.ROOT))) {
      if (value.startsWith("audio") || hasSampleRate) {
        return Optional.of(sounds);
      }
      if (value.startsWith("video")) {
        return Optional.of(pictures);
      }
    }
    return Optional.empty();
  }

  /**
   * The best picture and sound that together stay within the size limit.
   *
   * @throws ProblemException {@link ProblemType#MEDIA_UNSUPPORTED} when all are encrypted, {@link
   *     ProblemType#MEDIA_CORRUPT}, {@link ProblemType#MEDIA_TOO_LONG} for too many parts, {@link
   *     ProblemType#MEDIA_TOO_LARGE} when every encoding is too large
   */
  public Presentation choose() {
    if (pictures.isEmpty() && sounds.isEmpty()) {
      throw isSomeEncrypted ? Refusal.encrypted() : Refusal.corrupt();
    }
    if (pictures.isEmpty()) {
      return new Presentation(
          Encoding.best(sounds, seconds, 0, limits.maxBytes()).track(limits), null);
    }
    DashRepresentation sound =
        sounds.stream()
            .max(Comparator.comparingLong(DashRepresentation::bitsPerSecond))
            .orElse(null);
    DashRepresentation picture =
        Encoding.best(
            pictures, seconds, sound == null ? 0 : sound.bitsPerSecond(), limits.maxBytes());
    return new Presentation(picture.track(limits), sound == null ? null : sound.track(limits));
  }

  private static WebLink base(WebLink at, Element level) {
    List<Element> own = children(level, "BaseURL");
    String text = own.isEmpty() ? "" : own.getFirst().text().strip();
    return text.isEmpty() ? at : Refusal.link(at, text);
  }

  static List<Element> children(Element parent, String name) {
    return parent.children().stream().filter(e -> e.tagName().equals(name)).toList();
  }

  /** Seconds of an ISO 8601 duration such as {@code PT1M29.5S}; 0 when there is none. */
  private static double seconds(String duration) {
    try {
      return duration.isBlank()
          ? 0
          : Math.max(0, Duration.parse(duration.strip()).toMillis() / 1000.0);
    } catch (DateTimeParseException | ArithmeticException notADuration) {
      return 0;
    }
  }
}
