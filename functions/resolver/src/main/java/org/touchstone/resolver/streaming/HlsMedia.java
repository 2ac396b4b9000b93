package org.touchstone.resolver.streaming;

import java.util.Iterator;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.ByteRange;

/**
 * A media playlist: the parts of one track.
 *
 * <p>Discontinuities are accepted where the parts carry everything a reader needs, as in MPEG
 * transport streams; parts under a second initialization section would not form one file.
 *
 * @param seconds the recording's length
 */
record HlsMedia(double seconds, Segments segments) {

  /** A playlist while it is being read. */
  private static final class Reader {
    private final WebLink at;
    private final StreamingLimits limits;
    private final Segments segments;
    private double seconds;
    private boolean isComplete;
    private Segment map;
    private WebLink lastLink;
    private ByteRange lastRange;
    private String range;

    Reader(WebLink at, StreamingLimits limits) {
      this.at = at;
      this.limits = limits;
      this.segments = new Segments(limits);
    }

    void tag(String name, String value) {
      switch (name) {
        case "#EXTINF" -> {
          seconds += duration(value);
          limits.checkSeconds(seconds);
        }
        case "#EXT-X-BYTERANGE" -> range = value;
        case "#EXT-X-MAP" -> map(HlsAttributes.parse(value));
        case "#EXT-X-KEY" -> {
          if (!"NONE".equals(HlsAttributes.parse(value).get("METHOD"))) {
            throw Refusal.encrypted();
          }
        }
        case "#EXT-X-ENDLIST" -> isComplete = true;
        case "#EXT-X-PLAYLIST-TYPE" -> isComplete |= value.strip().equals("VOD");
        case "#EXT-X-GAP" -> throw Refusal.unsupported("Parts of this video are missing.");
        case "#EXT-X-STREAM-INF" -> throw Refusal.corrupt();
        default -> {}
      }
    }

    private void map(HlsAttributes attributes) {
      if (attributes.get("URI") == null) {
        throw Refusal.corrupt();
      }
      WebLink link = Refusal.link(at, attributes.get("URI"));
      String part = attributes.get("BYTERANGE");
      Segment next =
          new Segment(link, part == null ? null : range(part.contains("@") ? part : part + "@0"));
      if (next.equals(map)) {
        return;
      }
      if (map != null) {
        throw Refusal.unsupported("This video is put together from differently encoded parts.");
      }
      map = next;
      segments.add(next.link(), next.range());
    }

    void part(String reference) {
      WebLink link = Refusal.link(at, reference);
      ByteRange part = null;
      if (range != null) {
        if (!range.contains("@")) {
          if (lastRange == null || !link.equals(lastLink)) {
            throw Refusal.corrupt();
          }
          range += "@" + lastRange.end();
        }
        part = range(range);
      }
      segments.add(link, part);
      lastLink = link;
      lastRange = part;
      range = null;
    }

    private static ByteRange range(String text) {
      String[] parts = text.strip().split("@", 2);
      long length = Refusal.number(parts[0]);
      if (length == 0) {
        throw Refusal.corrupt();
      }
      return new ByteRange(Refusal.number(parts[1]), length);
    }

    private static double duration(String value) {
      String text = value.split(",", 2)[0].strip();
      if (!text.matches("[0-9]{1,9}(\\.[0-9]{0,12})?")) {
        throw Refusal.corrupt();
      }
      return Double.parseDouble(text);
    }
  }

  /**
   * @throws ProblemException {@link ProblemType#MEDIA_UNSUPPORTED} for live, encrypted or
   *     incomplete recordings, {@link ProblemType#MEDIA_CORRUPT}, {@link
   *     ProblemType#MEDIA_TOO_LONG} or {@link ProblemType#MEDIA_TOO_LARGE}
   */
  static HlsMedia parse(StreamingManifest manifest, StreamingLimits limits) {
    if (!manifest.isHls()) {
      throw Refusal.corrupt();
    }
    Reader reader = new Reader(manifest.link(), limits);
    for (Iterator<String> lines = manifest.text().lines().iterator(); lines.hasNext(); ) {
      String line = lines.next().strip();
      if (line.startsWith("#EXT")) {
        int colon = line.indexOf(':');
        reader.tag(
            colon < 0 ? line : line.substring(0, colon),
            colon < 0 ? "" : line.substring(colon + 1));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        reader.part(line);
      }
    }
    if (!reader.isComplete) {
      throw Refusal.live();
    }
    return new HlsMedia(reader.seconds, reader.segments);
  }
}
