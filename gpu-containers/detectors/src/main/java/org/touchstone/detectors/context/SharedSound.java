package org.touchstone.detectors.context;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.touchstone.detectors.base.Lazy;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.Waveform;
import org.touchstone.detectors.sound.quality.QualityMeter;
import org.touchstone.detectors.sound.quality.SoundQuality;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.VoiceActivity;

/**
 * The sound of one medium, and what is found out about it: each on first use, and once for all
 * detectors. Thread-safe.
 */
final class SharedSound implements AutoCloseable {
  /** Does some work and counts its time. */
  @FunctionalInterface
  interface Clock {
    <T> T timed(Supplier<T> work);
  }

  private final Lazy<Sound> sound;
  private final Clock clock;
  private final AtomicReference<Lazy<Speech>> speech = new AtomicReference<>();
  private final AtomicReference<Lazy<SoundQuality>> quality = new AtomicReference<>();
  private volatile boolean closed;

  SharedSound(Supplier<Sound> decode, Clock clock) {
    this.sound = new Lazy<>(() -> clock.timed(decode));
    this.clock = clock;
  }

  /** The sound; it belongs to this object. */
  Sound get() {
    Sound decoded = sound.get();
    if (closed) {
      // Closed while it was decoded: nobody else knows of the file.
      decoded.close();
      throw new IllegalStateException("closed");
    }
    return decoded;
  }

  /** Its outline, if it was decoded so far. */
  Optional<Waveform> waveform() {
    return sound.known().map(Sound::waveform);
  }

  /** Where somebody speaks, by the first caller's voice activity. */
  Speech speech(VoiceActivity voice) {
    return known(speech, voice::find);
  }

  /** How good it is. */
  SoundQuality quality(VoiceActivity voice) {
    Speech found = speech(voice);
    return known(quality, heard -> QualityMeter.measure(heard, found));
  }

  private <T> T known(AtomicReference<Lazy<T>> value, Function<Sound, T> find) {
    Sound heard = get();
    return value
        .updateAndGet(
            known -> known != null ? known : new Lazy<>(() -> clock.timed(() -> find.apply(heard))))
        .get();
  }

  @Override
  public void close() {
    closed = true;
    sound.known().ifPresent(Sound::close);
    sound.clear();
    Optional.ofNullable(speech.get()).ifPresent(Lazy::clear);
    Optional.ofNullable(quality.get()).ifPresent(Lazy::clear);
  }
}
