package org.touchstone.detectors.sound.recognition;

import java.util.List;
import java.util.Optional;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.domain.S3Location;
import org.touchstone.domain.speech.Recording;

/**
 * A decoded sound as recognisers hear it.
 *
 * @param where where somebody speaks
 * @param file where the file lies that it was decoded from, if recognisers may read it there
 */
public record Spoken(Sound sound, Speech where, Optional<S3Location> file) implements Recording {
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
