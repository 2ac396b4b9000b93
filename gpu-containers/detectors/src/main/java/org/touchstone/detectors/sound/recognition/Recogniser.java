package org.touchstone.detectors.sound.recognition;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.SpeechModel;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.Speech.Segment;
import org.touchstone.domain.Reason;
import org.touchstone.domain.speech.Heard;
import org.touchstone.domain.speech.Recording;
import org.touchstone.domain.speech.SpeechRecogniser;
import org.touchstone.domain.speech.Transcript;
import org.touchstone.models.Input;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelRole;
import org.touchstone.models.ModelStore;

/**
 * An installed recogniser of two graphs, run as Whisper's published code runs it: the likeliest
 * tokens first, and where these are unlikely or repeat themselves, tokens drawn at rising
 * temperatures, from a fixed seed. Windows begin and end with speech and are independent of each
 * other, so several are written down at once; where the text of one stops before its speech does,
 * the rest becomes a window of its own. Thread-safe.
 */
public final class Recogniser implements SpeechRecogniser {
  private static final double[] TEMPERATURES = {0, 0.2, 0.4, 0.6, 0.8, 1};
  private static final long SEED = 20220921;

  /** Most windows of a sound, ten minutes, and most of them at once. */
  private static final int MAX_WINDOWS = 20;

  private static final int MAX_ROWS = 8;

  /** After this time no further windows are begun. */
  private static final Duration MAX_TIME = Duration.ofMinutes(4);

  private final InstalledModel model;
  private final OnnxModels models;
  private final LogMel spectra;
  private final Tokens tokens;
  private final Decoding decoding;
  private final Known known;

  private Recogniser(InstalledModel model, ModelRole.Decoder decoder, OnnxModels models) {
    this.model = model;
    ModelRole.Recogniser role = (ModelRole.Recogniser) model.manifest().role();
    this.models = models;
    Input.Spectrum input = (Input.Spectrum) model.manifest().input();
    this.spectra = new LogMel(input.bands(), input.frames());
    Vocabulary vocabulary = Vocabulary.read(model.folder().resolve(role.vocabulary()));
    this.tokens = Tokens.of(vocabulary.size(), decoder.tokens(), role.languages().size());
    this.decoding = new Decoding(tokens, vocabulary, decoder.context());
    this.known = new Known(role.languages());
  }

  /**
   * The installed recogniser that can be run, if there is one: of several the one with the largest
   * decoder, which hears best.
   */
  public static Optional<InstalledModel> installed(ModelStore store) {
    return store.newest().stream()
        .filter(model -> SpeechModel.decoder(model.manifest()).isPresent())
        .max(Comparator.comparingLong(model -> size(SpeechModel.decoder(model.manifest()))));
  }

  private static long size(Optional<ModelRole.Decoder> decoder) {
    return decoder.map(d -> (long) d.layers() * d.heads() * d.headSize()).orElse(0L);
  }

  /**
   * @throws ModelException when its manifest and its vocabulary differ
   */
  public static Recogniser of(InstalledModel model, OnnxModels models) {
    return new Recogniser(model, SpeechModel.decoder(model.manifest()).orElseThrow(), models);
  }

  @Override
  public String name() {
    return model.manifest().name() + " " + model.manifest().version();
  }

  /**
   * Writes down speech, at most ten minutes of it.
   *
   * @throws DetectionException with {@link Reason#ERROR} when the model cannot be used or fails,
   *     {@link Reason#TIMEOUT} when interrupted
   */
  @Override
  public Transcript recognise(Recording recording, Optional<String> language) {
    try {
      return models.useSpeech(model, loaded -> recognise(recording, language, loaded));
    } catch (ModelException e) {
      throw new DetectionException(
          Reason.ERROR, "The recogniser cannot be used: " + e.getMessage(), e);
    }
  }

  private Transcript recognise(Recording recording, Optional<String> asked, SpeechModel loaded) {
    Deadline deadline = Deadline.in(MAX_TIME);
    Speech speech =
        new Speech(recording.speech().stream().map(s -> new Segment(s.start(), s.end())).toList());
    Deque<Segment> open =
        new ArrayDeque<>(speech.windows((double) spectra.samples() / Sound.SAMPLE_RATE));
    int rows = Math.min(loaded.rows(), MAX_ROWS);
    Optional<Integer> given = asked.flatMap(known::index);
    Optional<Integer> language = tokens.multilingual() ? given : Optional.of(0);
    List<Heard> passages = new ArrayList<>();
    double written = 0;
    int done = 0;
    while (!open.isEmpty() && done < MAX_WINDOWS && (done == 0 || !deadline.passed())) {
      List<Segment> some = new ArrayList<>();
      while (!open.isEmpty() && some.size() < Math.min(rows, MAX_WINDOWS - done)) {
        some.add(open.removeFirst());
      }
      Written texts = write(recording, some, language, loaded, done);
      language = Optional.of(texts.language);
      List<Segment> rests = new ArrayList<>();
      for (int i = 0; i < some.size(); i++) {
        Decoding.Text text = decoding.text(texts.drafts.get(i), some.get(i), speech);
        passages.addAll(text.passages());
        double end = some.get(i).end();
        if (text.rest() != null) {
          rests.add(text.rest());
          end = text.rest().start();
        }
        written += speech.secondsWithin(some.get(i).start(), end);
      }
      // They come first, so that what is written down is the sound's beginning.
      rests.reversed().forEach(open::addFirst);
      done += some.size();
    }
    passages.sort(Comparator.comparingDouble(Heard::start));
    String found = language.map(known::tag).orElse("und");
    return Transcript.of(
        recording,
        name(),
        asked,
        given.isPresent() && given.equals(language) ? asked.orElse(found) : found,
        passages,
        written);
  }

  private record Written(int language, List<Draft> drafts) {}

  /** Writes some windows; those in doubt again and again, each time by themselves. */
  private Written write(
      Recording recording,
      List<Segment> windows,
      Optional<Integer> given,
      SpeechModel loaded,
      int before) {
    List<float[]> heard =
        windows.stream().map(window -> spectra.of(samples(recording, window))).toList();
    List<Draft> drafts = new ArrayList<>(Collections.nCopies(windows.size(), null));
    List<Integer> open = new ArrayList<>(IntStream.range(0, windows.size()).boxed().toList());
    Optional<Integer> language = given;
    int next = 0;
    while (!open.isEmpty() && next < TEMPERATURES.length) {
      List<Integer> rows = List.copyOf(open);
      List<float[]> each = rows.stream().map(heard::get).toList();
      try (SpeechModel.Writing writing = loaded.encode(joined(each), rows.size())) {
        // As long as all rows are in doubt, they are not encoded anew.
        while (open.size() == rows.size() && next < TEMPERATURES.length) {
          double temperature = TEMPERATURES[next++];
          writing.restart();
          Decoding.Result result =
              decoding.write(writing, language, temperature, chance(rows, before, temperature));
          language = Optional.of(result.language());
          for (int k = 0; k < rows.size(); k++) {
            drafts.set(rows.get(k), result.drafts().get(k));
          }
          open.removeIf(i -> drafts.get(i).isSilence() || !drafts.get(i).isDoubtful());
        }
      }
    }
    return new Written(language.orElse(0), drafts);
  }

  private static List<SplittableRandom> chance(List<Integer> rows, int before, double temperature) {
    long of = SEED + before + Math.round(temperature * 1000);
    return rows.stream().map(i -> new SplittableRandom(of + i)).toList();
  }

  /** A window with silence behind it. */
  private float[] samples(Recording recording, Segment window) {
    float[] samples = new float[spectra.samples()];
    float[] heard = recording.window(window.start(), window.seconds());
    System.arraycopy(heard, 0, samples, 0, Math.min(heard.length, samples.length));
    return samples;
  }

  private static float[] joined(List<float[]> rows) {
    int each = rows.getFirst().length;
    float[] all = new float[each * rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, all, i * each, each);
    }
    return all;
  }
}
