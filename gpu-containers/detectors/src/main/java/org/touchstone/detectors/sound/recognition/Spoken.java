package org.touchstone.detectors.sound.recognition;

import java.util.List;
import java.util.Optional;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.speech.Recording;

/**
 * A decoded sound as recognisers hear it.
 *
 * @param where where somebody speaks
 * @param medium the medium that it was decoded from, as it lies in the store
 */
public record Spoken(Sound sound, Speech where, Optional<MediaItem> medium) implements Recording {
  public Spoken(Sound sound, Speech where) {
    this(sound, where, Optional.empty());
  }

  @Override
  public double seconds() {
    return sound.seconds();
  }

  @Override
  public float[] window(double from, double seconds) {
    return sound.window(from, seconds);
  }

  @Override
  public List<Stretch> speech() {
    return where.segments().stream().map(s -> new Stretch(s.start(), s.end())).toList();
  }
}
