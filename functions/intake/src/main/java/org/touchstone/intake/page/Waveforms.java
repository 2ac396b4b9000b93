package org.touchstone.intake.page;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.Json;
import org.touchstone.storage.ObjectInfo;
import org.touchstone.storage.ObjectStore;
import software.amazon.awssdk.core.exception.SdkException;

/** Draws sounds from the peaks that their endpoint stored. */
@Singleton
public class Waveforms {
  private static final Logger LOG = Logger.getLogger(Waveforms.class);
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_PEAKS = 2_000;
  private static final int MAX_SOUNDS = 4;
  private static final double LOUDEST = 127;
  private static final double WIDTH = 1_000;
  private static final double MIDDLE = 50;

  private final ObjectStore objects;

  @Inject
  public Waveforms(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * Lines in a field of 1000 by 100, by medium. A sound whose peaks cannot be read has none.
   *
   * @param analysis as its owner sees it
   */
  Map<String, String> of(Analysis analysis) {
    Map<String, String> lines = new HashMap<>();
    if (analysis.waveforms() == null) {
      return lines;
    }
    analysis.waveforms().stream()
        .limit(MAX_SOUNDS)
        .forEach(
            waveform -> {
              String line = line(waveform.key());
              if (line != null) {
                lines.put(waveform.mediaId(), line);
              }
            });
    return lines;
  }

  private String line(String key) {
    try {
      boolean isSmall =
          objects.head(key).map(ObjectInfo::bytes).filter(bytes -> bytes <= MAX_BYTES).isPresent();
      return isSmall ? objects.read(key).map(object -> draw(object.body())).orElse(null) : null;
    } catch (SdkException e) {
      LOG.warnf("a sound is not drawn: %s", e.getClass().getSimpleName());
      return null;
    }
  }

  /** A line that goes up and down with each peak. */
  static String draw(byte[] json) {
    JsonNode peaks;
    try {
      peaks = Json.mapper().readTree(json).path("peaks");
    } catch (IOException e) {
      return null;
    }
    int count = Math.min(MAX_PEAKS, peaks.size());
    if (count < 2) {
      return null;
    }
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < count; i++) {
      double height = Math.clamp(peaks.get(i).asDouble() / LOUDEST, 0, 1) * MIDDLE;
      points.append(
          String.format(
              Locale.ROOT,
              "%.1f,%.1f ",
              i * WIDTH / (count - 1),
              i % 2 == 0 ? MIDDLE - height : MIDDLE + height));
    }
    return points.toString().strip();
  }
}
