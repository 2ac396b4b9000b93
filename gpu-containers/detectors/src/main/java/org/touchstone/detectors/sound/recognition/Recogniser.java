package org.touchstone.detectors.sound.recognition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.SpeechModel;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.recognition.Transcript.Passage;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.domain.Reason;
import org.touchstone.models.Input;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelRole;
import org.touchstone.models.ModelStore;

/**
 * An installed recogniser of two graphs, run as Whisper's published code runs it: the likeliest
 * tokens first, and where these are unlikely or repeat themselves, tokens drawn at rising
 * temperatures, from a fixed seed. Windows are independent of each other, so several are
 * transcribed at once. Thread-safe.
 */
public final class Recogniser {
  private static final double[] TEMPERATURES = {0, 0.2, 0.4, 0.6, 0.8, 1};
  private static final long SEED = 20220921;

  /** Most windows of a sound, ten minutes, and most of them at once. */
  private static final int MAX_WINDOWS = 20;

  private static final int MAX_ROWS = 8;

  /** After this time no further windows are begun. */
  private static final Duration MAX_TIME = Duration.ofMinutes(4);

  private final InstalledModel model;
  private final ModelRole.Recogniser role;
  private final OnnxModels models;
  private final LogMel spectra;
  private final Tokens tokens;
  private final Decoding decoding;

  private Recogniser(InstalledModel model, ModelRole.Decoder decoder, OnnxModels models) {
    this.model = model;
    this.role = (ModelRole.Recogniser) model.manifest().role();
    this.models = models;
    Input.Spectrum input = (Input.Spectrum) model.manifest().input();
    this.spectra = new LogMel(input.bands(), input.frames());
    Vocabulary vocabulary = Vocabulary.read(model.folder().resolve(role.vocabulary()));
    this.tokens = Tokens.of(vocabulary.size(), decoder.tokens(), role.languages().size());
    this.decoding = new Decoding(tokens, vocabulary, decoder.context());
  }

  /** The installed recogniser that can be run, if there is one. */
  public static Optional<InstalledModel> installed(ModelStore store) {
    return store.newest().stream()
        .filter(model -> SpeechModel.decoder(model.manifest()).isPresent())
        .findFirst();
  }

  /**
   * @throws ModelException when its manifest and its vocabulary differ
   */
  public static Recogniser of(InstalledModel model, OnnxModels models) {
    return new Recogniser(model, SpeechModel.decoder(model.manifest()).orElseThrow(), models);
  }

  /**
   * Transcribes speech, at most ten minutes of it.
   *
   * @param speech where somebody speaks; the rest is not heard
   * @param language BCP 47 tag of the language, one of the manifest's; empty to find out
   * @throws DetectionException with {@link Reason#ERROR} when the model cannot be used or fails,
   *     {@link Reason#TIMEOUT} when interrupted
   * @throws IllegalArgumentException when the model does not know the language
   */
  public Transcript transcribe(Sound sound, Speech speech, Optional<String> language) {
    Optional<Integer> given = language.map(this::index);
    try {
      return models.useSpeech(model, loaded -> transcribe(sound, speech, given, loaded));
    } catch (ModelException e) {
      throw new DetectionException(
          Reason.ERROR, "The recogniser cannot be used: " + e.getMessage(), e);
    }
  }

  private int index(String language) {
    int index = role.languages().indexOf(language);
    if (index < 0) {
      throw new IllegalArgumentException("the recogniser does not know that language");
    }
    return index;
  }

  private Transcript transcribe(
      Sound sound, Speech speech, Optional<Integer> given, SpeechModel loaded) {
    Deadline deadline = Deadline.in(MAX_TIME);
    List<Speech.Segment> windows = speech.windows((double) spectra.samples() / Sound.SAMPLE_RATE);
    int most = Math.min(windows.size(), MAX_WINDOWS);
    int rows = Math.min(loaded.rows(), MAX_ROWS);
    Optional<Integer> language = tokens.multilingual() ? given : Optional.of(0);
    List<Passage> passages = new ArrayList<>();
    double clear = 0;
    double doubtful = 0;
    int done = 0;
    while (done < most && (done == 0 || !deadline.passed())) {
      List<Speech.Segment> some = windows.subList(done, Math.min(done + rows, most));
      Written written = write(sound, some, language, loaded, done);
      language = Optional.of(written.language);
      for (int i = 0; i < some.size(); i++) {
        Draft draft = written.drafts.get(i);
        boolean unsure = draft.isSilence() || draft.isDoubtful();
        if (!draft.isSilence()) {
          passages.addAll(decoding.passages(draft, some.get(i)));
        }
        clear += unsure ? 0 : some.get(i).seconds();
        doubtful += unsure ? some.get(i).seconds() : 0;
      }
      done += some.size();
    }
    return new Transcript(
        language.map(role.languages()::get).orElse("und"),
        passages,
        clear,
        doubtful,
        done == windows.size());
  }

  private record Written(int language, List<Draft> drafts) {}

  /** Writes some windows; those in doubt again and again, each time by themselves. */
  private Written write(
      Sound sound,
      List<Speech.Segment> windows,
      Optional<Integer> given,
      SpeechModel loaded,
      int before) {
    List<Draft> drafts = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      drafts.add(null);
      open.add(i);
    }
    Optional<Integer> language = given;
    for (double temperature : TEMPERATURES) {
      List<float[]> each =
          open.stream().map(i -> spectra.of(samples(sound, windows.get(i)))).toList();
      List<SplittableRandom> random =
          open.stream()
              .map(i -> new SplittableRandom(SEED + before + i + Math.round(temperature * 1000)))
              .toList();
      try (SpeechModel.Writing writing = loaded.encode(joined(each), open.size())) {
        Decoding.Result result = decoding.write(writing, language, temperature, random);
        language = Optional.of(result.language());
        for (int k = 0; k < open.size(); k++) {
          drafts.set(open.get(k), result.drafts().get(k));
        }
      }
      open.removeIf(i -> drafts.get(i).isSilence() || !drafts.get(i).isDoubtful());
      if (open.isEmpty()) {
        break;
      }
    }
    return new Written(language.orElse(0), drafts);
  }

  /** A window with silence behind it. */
  private float[] samples(Sound sound, Speech.Segment window) {
    float[] samples = new float[spectra.samples()];
    float[] heard = sound.window(window.start(), window.seconds());
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
