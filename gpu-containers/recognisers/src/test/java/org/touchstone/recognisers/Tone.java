package org.touchstone.recognisers;

import java.util.List;
import java.util.Optional;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.speech.Recording;

/** A recording whose samples grow with time, so that they tell where they are from. */
public record Tone(double seconds, List<Stretch> speech, Optional<MediaItem> medium)
    implements Recording {
  public Tone(double seconds, Stretch... speech) {
    this(seconds, List.of(speech), Optional.empty());
  }

  /** The 16-bit sample at a time: hundredths of a second. */
  public static int sample(double time) {
    return (int) Math.round(time * 100);
  }

  @Override
  public float[] window(double from, double seconds) {
    float[] samples = new float[(int) Math.round(seconds * SAMPLE_RATE)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = sample(from + (double) i / SAMPLE_RATE) / 32_768f;
    }
    return samples;
  }
}
