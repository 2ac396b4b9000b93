package org.touchstone.detectors.pipelines.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.Speech.Segment;
import org.touchstone.models.Input;
import org.touchstone.models.Windowing;

/** A sound cut into windows of one length, as a model's manifest says. */
final class SoundWindows {
  /** A pause of this length begins a new utterance, seconds. */
  private static final double PAUSE = 1;

  /** Least speech of a window beside others, and of an utterance that begins a window, seconds. */
  private static final double LEAST_SPEECH = 1;

  private final Sound sound;
  private final int length;
  private final Windowing way;
  private final float preemphasis;
  private final long count;
  private final LongUnaryOperator starts;

  private SoundWindows(Sound sound, Input.Waveform input, long count, LongUnaryOperator starts) {
    this.sound = sound;
    this.length = input.samples();
    this.way = input.windowing();
    this.preemphasis = (float) way.preemphasis();
    this.count = count;
    this.starts = starts;
  }

  /**
   * Windows over a whole sound: they begin at every hop, up to the one that reaches the end.
   *
   * @param input with windows of a fixed length
   */
  static SoundWindows everywhere(Sound sound, Input.Waveform input) {
    long samples = sound.samples();
    long hop = input.windowing().hop();
    long length = input.samples();
    long toTheEnd = samples <= length ? 1 : 1 + Math.ceilDiv(samples - length, hop);
    // With gaps between the windows, the last one could begin after the end.
    long count = Math.min(toTheEnd, Math.ceilDiv(samples, hop));
    return new SoundWindows(sound, input, count, window -> window * hop);
  }

  /**
   * Windows over the speech of a sound. The rule, in order of time:
   *
   * <ul>
   *   <li>A window begins where speech begins that no window before it covers, and a hop after the
   *       last window if speech goes on there.
   *   <li>Speech after a pause of {@value #PAUSE} s is a new utterance. It begins a window of its
   *       own if it has {@value #LEAST_SPEECH} s of speech, so that the voices of a conversation
   *       are heard apart where they do not interrupt one another.
   *   <li>A window that would end after the sound is moved back to end with it. A sound shorter
   *       than a window has one window, from its first sample, padded as the manifest says.
   *   <li>Windows with less than {@value #LEAST_SPEECH} s of speech are left out, unless all are.
   * </ul>
   *
   * @param input with windows of a fixed length
   * @param speech with at least one stretch
   */
  static SoundWindows ofSpeech(Sound sound, Input.Waveform input, Speech speech) {
    long last = Math.max(0, sound.samples() - input.samples());
    // Hops of a few samples would make millions of windows.
    long hop = Math.max(input.windowing().hop(), Sound.SAMPLE_RATE);
    List<Long> starts = new ArrayList<>();
    for (List<Segment> utterance : utterances(speech)) {
      boolean own = utterance.stream().mapToDouble(Segment::seconds).sum() >= LEAST_SPEECH;
      long free = own || starts.isEmpty() ? 0 : starts.getLast() + hop;
      for (Segment segment : utterance) {
        long end = samples(segment.end());
        for (long at = Math.max(free, samples(segment.start())); at < end; at = free) {
          add(starts, Math.min(at, last));
          free = at + hop;
        }
      }
    }
    List<Long> kept = starts.stream().filter(start -> hasSpeech(start, input, speech)).toList();
    List<Long> chosen = kept.isEmpty() ? starts : kept;
    return new SoundWindows(sound, input, chosen.size(), i -> chosen.get((int) i));
  }

  private static void add(List<Long> starts, long start) {
    if (starts.isEmpty() || start > starts.getLast()) {
      starts.add(start);
    }
  }

  private static List<List<Segment>> utterances(Speech speech) {
    List<List<Segment>> utterances = new ArrayList<>();
    Segment before = null;
    for (Segment segment : speech.segments()) {
      if (before == null || segment.start() - before.end() >= PAUSE) {
        utterances.add(new ArrayList<>());
      }
      utterances.getLast().add(segment);
      before = segment;
    }
    return utterances;
  }

  private static boolean hasSpeech(long start, Input.Waveform input, Speech speech) {
    double from = (double) start / Sound.SAMPLE_RATE;
    double to = from + (double) input.samples() / Sound.SAMPLE_RATE;
    return speech.secondsWithin(from, to) >= LEAST_SPEECH;
  }

  private static long samples(double seconds) {
    return Math.round(seconds * Sound.SAMPLE_RATE);
  }

  /** How many windows there are, at least one. */
  long count() {
    return count;
  }

  /** Start of a window, seconds. */
  double start(long window) {
    return (double) starts.applyAsLong(window) / Sound.SAMPLE_RATE;
  }

  /** End of the sound in a window, seconds. */
  double end(long window) {
    return (double) (starts.applyAsLong(window) + heard(window)) / Sound.SAMPLE_RATE;
  }

  private int heard(long window) {
    return (int) Math.min(length, sound.samples() - starts.applyAsLong(window));
  }

  /** Whether nothing of a window is louder than a value, 0..1. */
  boolean isBelow(long window, float loudness) {
    for (float sample : sound.window(starts.applyAsLong(window), heard(window))) {
      if (Math.abs(sample) > loudness) {
        return false;
      }
    }
    return true;
  }

  /**
   * The samples of a window. Pre-emphasis is that of the whole clip: the first sample of a window
   * depends on the last one before it, and padding repeats what was filtered.
   */
  float[] samples(long window) {
    long from = starts.applyAsLong(window);
    int heard = heard(window);
    float[] plain = sound.window(from - 1, heard + 1);
    float[] row = new float[length];
    for (int i = 0; i < heard; i++) {
      row[i] = plain[i + 1] - preemphasis * plain[i];
    }
    if (way.padding() == Windowing.Padding.REPEAT) {
      for (int i = heard; i < length; i++) {
        row[i] = row[i - heard];
      }
    }
    return row;
  }
}
