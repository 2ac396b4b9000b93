package org.touchstone.mentions.x;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.Json;
import org.touchstone.mentions.calls.Graphemes;

/**
 * A text's length as X counts it, by the third configuration of its open-source library
 * twitter-text: a weight for each range of characters, one for every other, one for each emoji
 * sequence as a whole, and one for each link. Where X would look up whether a word with a dot ends
 * in a domain that exists, the larger of both lengths is taken, so the result is never too small.
 */
public final class WeightedLength {
  private static final Pattern LINK =
      Pattern.compile(
          "(?i)https?://[^\\s]*[^\\s.,;:!?'\")\\]}]|(?<![@\\w./-])(?:[\\p{L}\\p{N}-]+\\.)+[\\p{L}]{2,}(?:/[^\\s]*[^\\s.,;:!?'\")\\]}])?");

  private static final int VARIATION = 0xFE0F;
  private static final int KEYCAP = 0x20E3;
  private static final int FIRST_REGIONAL = 0x1F1E6;
  private static final int LAST_REGIONAL = 0x1F1FF;

  /** The configuration in use. */
  public static final WeightedLength CURRENT = load();

  private record Range(int start, int end, int weight) {}

  private final int max;
  private final int scale;
  private final int defaultWeight;
  private final int linkLength;
  private final List<Range> ranges;

  private WeightedLength(JsonNode data) {
    this.max = data.required("maxWeightedLength").intValue();
    this.scale = data.required("scale").intValue();
    this.defaultWeight = data.required("defaultWeight").intValue();
    this.linkLength = data.required("linkLength").intValue();
    this.ranges = new ArrayList<>();
    for (JsonNode range : data.required("ranges")) {
      ranges.add(
          new Range(
              range.required("start").intValue(),
              range.required("end").intValue(),
              range.required("weight").intValue()));
    }
  }

  private static WeightedLength load() {
    try (InputStream in = WeightedLength.class.getResourceAsStream("weights.json")) {
      return new WeightedLength(Json.mapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("the weights cannot be read", e);
    }
  }

  /** The longest post. */
  public int max() {
    return max;
  }

  /** A text's length. */
  public int of(String text) {
    String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
    int weight = 0;
    int from = 0;
    Matcher links = LINK.matcher(normal);
    while (links.find()) {
      weight += weight(normal.substring(from, links.start()));
      int link = linkLength * scale;
      weight +=
          links.group().regionMatches(true, 0, "http", 0, "http".length())
              ? link
              : Math.max(link, weight(links.group()));
      from = links.end();
    }
    return (weight + weight(normal.substring(from))) / scale;
  }

  private int weight(String text) {
    int weight = 0;
    for (String cluster : Graphemes.of(text)) {
      weight += isEmoji(cluster) ? defaultWeight : cluster.codePoints().map(this::weightOf).sum();
    }
    return weight;
  }

  private int weightOf(int c) {
    for (Range range : ranges) {
      if (c >= range.start() && c <= range.end()) {
        return range.weight();
      }
    }
    return defaultWeight;
  }

  private static boolean isEmoji(String cluster) {
    int first = cluster.codePointAt(0);
    return Character.isEmojiPresentation(first)
        || (first >= FIRST_REGIONAL && first <= LAST_REGIONAL)
        || (Character.isEmoji(first)
            && cluster.codePoints().anyMatch(c -> c == VARIATION || c == KEYCAP));
  }
}
