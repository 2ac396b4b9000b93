package org.touchstone.detectors.sound.voice;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.voice.Speech.Segment;

/**
 * Makes stretches of speech from probabilities, as the code that is published with Silero VAD does
 * (get_speech_timestamps, with its defaults): speech begins at the threshold and ends where the
 * probability stays {@value #HYSTERESIS} below it for {@value #MIN_SILENCE} s; shorter stretches
 * than {@value #MIN_SPEECH} s do not count, the others grow by {@value #PAD} s on each side.
 * Stretches too long for a recogniser's window are cut where speech is least likely.
 *
 * @param threshold probability from which it is speech
 * @param hop samples from one probability to the next
 */
record SpeechRule(double threshold, int hop) {
  private static final double HYSTERESIS = 0.15;
  private static final double MIN_SPEECH = 0.25;
  private static final double MIN_SILENCE = 0.1;
  private static final double PAD = 0.03;

  /** Longest stretch, seconds; below the 30 s of Whisper's window by more than the padding. */
  private static final double LONGEST = 28;

  private static final double LEAST_NEGATIVE = 0.01;

  /** Frames from, inclusive, to, exclusive. */
  private record Span(int from, int to) {}

  /**
   * @param probabilities one for each {@code hop} samples
   */
  Speech speech(float[] probabilities, Sound sound) {
    List<Span> spans = new ArrayList<>();
    for (Span span : spans(probabilities)) {
      cut(span, probabilities, spans);
    }
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      double before = i == 0 ? 0 : seconds(spans.get(i - 1).to);
      double after = i == spans.size() - 1 ? sound.seconds() : seconds(spans.get(i + 1).from);
      double start = seconds(spans.get(i).from);
      double end = Math.min(seconds(spans.get(i).to), sound.seconds());
      double left = Math.min(PAD, (start - before) / (i == 0 ? 1 : 2));
      double right = Math.min(PAD, (after - end) / (i == spans.size() - 1 ? 1 : 2));
      segments.add(new Segment(start - left, end + right));
    }
    return new Speech(segments);
  }

  private List<Span> spans(float[] probabilities) {
    double low = Math.max(threshold - HYSTERESIS, LEAST_NEGATIVE);
    int none = -1;
    int start = none;
    int quiet = none;
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < probabilities.length; i++) {
      double p = probabilities[i];
      if (p >= threshold) {
        start = start == none ? i : start;
        quiet = none;
      } else if (p < low && start != none) {
        quiet = quiet == none ? i : quiet;
        if (seconds(i - quiet) >= MIN_SILENCE) {
          add(spans, start, quiet);
          start = none;
          quiet = none;
        }
      }
    }
    if (start != none) {
      add(spans, start, quiet == none ? probabilities.length : quiet);
    }
    return spans;
  }

  private void add(List<Span> spans, int from, int to) {
    if (seconds(to - from) > MIN_SPEECH) {
      spans.add(new Span(from, to));
    }
  }

  private void cut(Span span, float[] probabilities, List<Span> parts) {
    int most = (int) (LONGEST * Sound.SAMPLE_RATE / hop);
    int from = span.from;
    while (span.to - from > most) {
      int least = from + most / 2;
      for (int i = least; i < from + most; i++) {
        least = probabilities[i] < probabilities[least] ? i : least;
      }
      parts.add(new Span(from, least));
      from = least;
    }
    parts.add(new Span(from, span.to));
  }

  private double seconds(int frames) {
    return (double) frames * hop / Sound.SAMPLE_RATE;
  }
}
