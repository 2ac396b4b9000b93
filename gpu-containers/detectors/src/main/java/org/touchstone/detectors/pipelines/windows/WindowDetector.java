package org.touchstone.detectors.pipelines.windows;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.inference.Activations;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.Values;
import org.touchstone.detectors.pipelines.Aggregations;
import org.touchstone.detectors.pipelines.ModelDetector;
import org.touchstone.detectors.pipelines.ModelPipeline;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.quality.SoundQuality;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Evidence.TimelineSegment;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.domain.ReportTimings;
import org.touchstone.models.ElementType;
import org.touchstone.models.ExtraInput.Fill;
import org.touchstone.models.Input;
import org.touchstone.models.InputQuality;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.Pipeline;
import org.touchstone.models.PipelineOptions.Aggregation;

/**
 * Any classifier of windows of sound that has a manifest. At most {@value #MAX_WINDOWS} windows are
 * heard; if there are more, they are chosen at equal distances from the first one on. A detector of
 * voices hears windows of speech ({@link SoundWindows#ofSpeech}) and abstains where there is too
 * little to judge ({@link SoundQuality#requireVoice}); any other hears the whole sound, and silent
 * windows do not count.
 *
 * <p>The score is the trimmed mean over the windows, unless the manifest says otherwise. Where the
 * score is not high and {@value PartOfSound#LEAST} or more neighbouring windows are, it is that of
 * this part of the sound, and means "uncertain" at most.
 */
public final class WindowDetector extends ModelDetector {
  /** Runs every model that listens. */
  public static final ModelPipeline PIPELINE =
      new ModelPipeline(Pipeline.SOUND, WindowDetector::new, WindowDetector::missing);

  /** Most windows that are heard; a window of four seconds takes about half a second on a CPU. */
  static final int MAX_WINDOWS = 60;

  /** Windows that are prepared at a time; this bounds the memory. */
  private static final int AT_A_TIME = 8;

  /** Shortest sound that is judged, seconds. */
  private static final double MIN_SECONDS = 1;

  /** Loudness up to which a window counts as silent: 60 decibels below the loudest possible. */
  private static final float SILENCE = 0.001f;

  /** Version of the rules that choose windows and measure quality; part of the model version. */
  private static final String RULES = "windows 2";

  private final Input.Waveform input;
  private final Optional<VoiceActivity> voice;

  public WindowDetector(InstalledModel model, OnnxModels models) {
    super(model, models);
    this.input = (Input.Waveform) manifest().input();
    this.voice =
        category() == Category.VOICE
            ? Optional.of(VoiceActivity.of(models.store(), models))
            : Optional.empty();
  }

  /** Names the rules and the voice activity too: other ones choose other windows. */
  @Override
  public String modelVersion() {
    String rules = RULES + voice.map(activity -> " " + activity.name()).orElse("");
    return super.modelVersion() + ".windows-" + HexFormat.of().toHexDigits(rules.hashCode());
  }

  private static Optional<String> missing(ModelManifest model) {
    Input.Waveform input = (Input.Waveform) model.input();
    if (input.sampleRate() != Sound.SAMPLE_RATE) {
      return Optional.of(
          "Its model needs %d samples a second; this version gives %d."
              .formatted(input.sampleRate(), Sound.SAMPLE_RATE));
    }
    if (!input.hasFixedSize()) {
      return Optional.of("Its manifest does not say how many samples a window has.");
    }
    boolean more =
        model.inputs().size() > 1
            || !model.states().isEmpty()
            || model.extraInputs().stream().anyMatch(extra -> extra.fill() == Fill.CALLER);
    return more ? Optional.of("Its model needs more than windows of sound.") : Optional.empty();
  }

  @Override
  public DetectorReport detect(MediaContext media) {
    Sound sound = media.sound();
    if (sound.seconds() < MIN_SECONDS) {
      throw new DetectionException(Reason.TOO_SHORT, "It has less than a second of sound.");
    }
    Optional<SoundQuality> quality = voice.map(media::soundQuality);
    quality.ifPresent(SoundQuality::requireVoice);
    SoundWindows windows =
        voice
            .map(activity -> SoundWindows.ofSpeech(sound, input, media.speech(activity)))
            .orElseGet(() -> SoundWindows.everywhere(sound, input));
    List<Long> chosen = spread(windows.count());
    List<Long> heard = chosen.stream().filter(window -> !windows.isBelow(window, SILENCE)).toList();
    if (heard.isEmpty()) {
      throw new DetectionException(Reason.NO_SPEECH, "It is silent.");
    }
    double[] probabilities = probabilities(windows, heard);
    List<TimelineSegment> timeline = new ArrayList<>();
    for (int i = 0; i < probabilities.length; i++) {
      long window = heard.get(i);
      timeline.add(
          new TimelineSegment(windows.start(window), windows.end(window), probabilities[i]));
    }
    Aggregation aggregation = role().options().aggregation();
    double whole = Aggregations.score(aggregation, probabilities);
    double high = role().thresholds().fake();
    Optional<PartOfSound> part = whole < high ? PartOfSound.of(timeline, high) : Optional.empty();
    List<Finding> findings = new ArrayList<>();
    findings.add(
        new Finding(
            "sound:windows", "windows heard", "%d of %d".formatted(heard.size(), windows.count())));
    part.ifPresent(found -> findings.add(found.finding()));
    quality.ifPresent(known -> findings.addAll(known.findings()));
    DetectorReport report =
        DetectorReport.scored(
            name(),
            modelVersion(),
            category(),
            part.map(found -> Aggregations.score(aggregation, found.scores())).orElse(whole),
            Evidence.NONE
                .withTimeline(timeline)
                .withFindings(findings)
                .withRationale(rationale(sound, windows.count(), chosen.size(), heard.size())),
            ReportTimings.ZERO);
    Combination combination = Aggregations.combination(aggregation);
    int looks = part.map(found -> found.windows().size()).orElse(heard.size());
    DetectorReport known =
        withReliability(
            report,
            quality.map(SoundQuality::traits).map(InputQuality::of).orElse(InputQuality.UNKNOWN),
            combination,
            looks);
    return part.map(found -> withDoubt(known, found.doubt(), combination, looks)).orElse(known);
  }

  /** All windows, or {@link #MAX_WINDOWS} of them at equal distances from the first one on. */
  static List<Long> spread(long count) {
    int most = (int) Math.min(count, MAX_WINDOWS);
    List<Long> chosen = new ArrayList<>(most);
    for (int i = 0; i < most; i++) {
      chosen.add(i * count / most);
    }
    return chosen;
  }

  private double[] probabilities(SoundWindows windows, List<Long> heard) {
    double[] probabilities = new double[heard.size()];
    ask(
        loaded -> {
          for (int from = 0; from < heard.size(); from += AT_A_TIME) {
            List<Long> some = heard.subList(from, Math.min(heard.size(), from + AT_A_TIME));
            float[][] rows = loaded.run(rows(windows, some), some.size());
            for (int i = 0; i < rows.length; i++) {
              probabilities[from + i] = Activations.probability(rows[i], role().output());
            }
          }
          return null;
        });
    return probabilities;
  }

  private Values rows(SoundWindows windows, List<Long> some) {
    float[] rows = new float[input.samples() * some.size()];
    for (int i = 0; i < some.size(); i++) {
      float[] row = windows.samples(some.get(i));
      System.arraycopy(row, 0, rows, i * row.length, row.length);
    }
    if (input.type() == ElementType.FLOAT32) {
      return new Values.Floats(rows);
    }
    short[] halves = new short[rows.length];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = Float.floatToFloat16(rows[i]);
    }
    return new Values.Halves(halves);
  }

  private String rationale(Sound sound, long count, int chosen, int heard) {
    double seconds = (double) input.samples() / Sound.SAMPLE_RATE;
    StringBuilder why = new StringBuilder();
    why.append(
        String.format(
            Locale.ROOT, "It heard %d of %d windows of %.1f seconds.", heard, count, seconds));
    if (chosen > heard) {
      why.append(" Of those it chose, %d are silent and do not count.".formatted(chosen - heard));
    }
    if (!sound.isWhole()) {
      why.append(" Only the start of the sound was decoded.");
    }
    return why.toString();
  }
}
