package org.touchstone.resolver.platform.reddit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.PostMedia;
import org.touchstone.resolver.fetch.FetchRequest;
import org.touchstone.resolver.fetch.WebLink;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.Videos;
import org.touchstone.resolver.platform.Videos.Encoding;

/**
 * MPEG-DASH manifests of the kind whose representations are whole files (the on-demand profile of
 * ISO/IEC 23009-1): the best picture, and the best sound where it is kept apart.
 */
final class DashManifests {
  private final PlatformClient client;
  private final long maxVideoBytes;

  DashManifests(PlatformClient client, long maxVideoBytes) {
    this.client = client;
    this.maxVideoBytes = maxVideoBytes;
  }

  /**
   * @param whole a file to fall back to when there is no manifest to be had
   */
  PostMedia best(WebLink manifest, Optional<WebLink> whole) throws IOException {
    try {
      String xml =
          new String(
              client.send(FetchRequest.get(manifest)).orThrow().body(), StandardCharsets.UTF_8);
      return decode(manifest, xml, maxVideoBytes);
    } catch (ProblemException e) {
      if (whole.isEmpty() || e.problem().type() == ProblemType.MEDIA_TOO_LARGE) {
        throw e;
      }
      return PostMedia.of(whole.get());
    }
  }

  /** A representation, whose rates and sizes may be given with its whole set. */
  private record Track(WebLink link, String type, long bitsPerSecond, long pixels) {}

  static PostMedia decode(WebLink manifest, String xml, long maxVideoBytes) {
    Document document = Jsoup.parse(xml, manifest.toString(), Parser.xmlParser());
    List<Track> tracks = new ArrayList<>();
    for (Element set : document.select("MPD > Period > AdaptationSet")) {
      for (Element representation : set.select("> Representation")) {
        String file = representation.select("> BaseURL").text();
        String type = type(set, representation);
        if (!file.isBlank() && type != null) {
          tracks.add(
              new Track(
                  resolve(manifest, file),
                  type,
                  number(representation, "bandwidth"),
                  number(representation, "width") * number(representation, "height")));
        }
      }
    }
    List<Encoding> pictures =
        tracks.stream()
            .filter(track -> track.type().equals("video"))
            .map(track -> new Encoding(track.link(), track.bitsPerSecond(), track.pixels()))
            .toList();
    Optional<WebLink> sound =
        tracks.stream()
            .filter(track -> track.type().equals("audio"))
            .max(Comparator.comparingLong(Track::bitsPerSecond))
            .map(Track::link);
    WebLink picture = Videos.best(pictures, seconds(document), maxVideoBytes);
    return new PostMedia(picture, sound.orElse(null), Map.of(), null);
  }

  private static WebLink resolve(WebLink manifest, String file) {
    try {
      return manifest.resolve(file);
    } catch (ProblemException notALink) {
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
  }

  private static String type(Element set, Element representation) {
    for (String value :
        List.of(
            representation.attr("mimeType"),
            set.attr("mimeType"),
            set.attr("contentType"),
            // Old manifests put sound into video/mp4 and tell the two apart by their ids only.
            representation.attr("id").toLowerCase(Locale.ROOT))) {
      if (value.startsWith("video") && number(representation, "audioSamplingRate") == 0) {
        return "video";
      }
      if (value.startsWith("audio") || number(representation, "audioSamplingRate") > 0) {
        return "audio";
      }
    }
    return null;
  }

  private static long number(Element element, String attribute) {
    String value = element.attr(attribute);
    return value.matches("[0-9]{1,12}") ? Long.parseLong(value) : 0;
  }

  /** ISO 8601, such as {@code PT1M29.5S}; 0 when there is none. */
  private static double seconds(Document document) {
    String duration = document.select("MPD").attr("mediaPresentationDuration");
    try {
      return duration.isBlank() ? 0 : Duration.parse(duration).toMillis() / 1000.0;
    } catch (DateTimeParseException | ArithmeticException notADuration) {
      return 0;
    }
  }
}
