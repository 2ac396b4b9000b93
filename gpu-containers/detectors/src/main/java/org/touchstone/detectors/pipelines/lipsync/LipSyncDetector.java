package org.touchstone.detectors.pipelines.lipsync;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.decode.StreamClocks;
import org.touchstone.detectors.pipelines.lipsync.Stretches.Stretch;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Faces;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Evidence.Person;
import org.touchstone.domain.Evidence.TimelineSegment;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportTimings;

/**
 * Compares the movement of the only visible mouth with the loudness of the speech that is heard. At
 * most {@link Stretches#MOST} stretches of {@link Stretches#LONGEST} s are looked at, and the first
 * of them that shows one speaker for long enough is judged. It abstains when it cannot tell.
 *
 * <p>A dubbed voice is as little related to the mouth as a false one, and a face that was made from
 * the sound moves with it. So its scores say little, and no errors are counted for it.
 */
final class LipSyncDetector implements Detector {
  /** The score of a mouth that moves with the sound. */
  static final double TOGETHER = 0.2;

  /** The score of a mouth that moves with the sound too early or too late, as in faulty files. */
  static final double SHIFTED = 0.5;

  /** The score of a mouth that moves, but not with the sound. */
  static final double UNRELATED = 0.7;

  /** Changes when its rules do. */
  private static final String RULES = "1";

  /** Least speech with a visible face, seconds. */
  private static final double LEAST_SPEECH = 4;

  /** Frames a second that must really be there. */
  private static final double LEAST_RATE = Speaker.RATE - 1;

  /** From this strength on, mouth and sound belong together. */
  static final double STRONG = 4;

  /** A lag up to this, seconds, is not seen by viewers or comes with slow links. */
  private static final double SMALL_LAG = 0.2;

  /** Below this, the mouth changes as little as the rest of the face. */
  static final double ACTIVE = 2.5;

  private static final Duration MOST_TIME = Duration.ofMinutes(3);

  private final LipSyncKind kind;
  private final String faceVersion;
  private final VoiceActivity voice;

  LipSyncDetector(LipSyncKind kind, String faceVersion, VoiceActivity voice) {
    this.kind = kind;
    this.faceVersion = faceVersion;
    this.voice = voice;
  }

  @Override
  public String name() {
    return kind.name();
  }

  /** Names face detector and voice activity: others find other faces and other speech. */
  @Override
  public String modelVersion() {
    return RULES
        + ".faces-"
        + faceVersion
        + ".voice-"
        + HexFormat.of().toHexDigits(voice.name().hashCode());
  }

  @Override
  public Category category() {
    return kind.category();
  }

  @Override
  public Set<Modality> tracks() {
    return kind.tracks();
  }

  @Override
  public DetectorReport detect(MediaContext media) {
    if (!media.faceDetector().findsLandmarks()) {
      throw new DetectionException(Reason.NOT_INSTALLED, kind.howToInstall());
    }
    if (Boolean.FALSE.equals(media.item().hasAudio())) {
      throw new DetectionException(Reason.NO_AUDIO, "It has no sound.");
    }
    Speech speech = media.speech(voice);
    if (speech.segments().isEmpty()) {
      throw new DetectionException(Reason.NO_SPEECH, "Nobody was heard speaking.");
    }
    if (speech.seconds() < LEAST_SPEECH) {
      throw tooShort();
    }
    Deadline deadline = Deadline.in(MOST_TIME);
    double apart =
        StreamClocks.soundAfterPicture(media.file(), media.limits().maxSourcePixels(), deadline);
    DetectionException why = null;
    for (Stretch stretch : Stretches.of(speech, media.sound().seconds())) {
      if (stretch.speech() >= LEAST_SPEECH) {
        try {
          return judged(media, speech, stretch, apart, deadline);
        } catch (DetectionException e) {
          if (e.isFault()) {
            throw e;
          }
          why = why == null ? e : why;
        }
      }
    }
    throw why == null ? tooShort() : why;
  }

  private DetectorReport judged(
      MediaContext media, Speech speech, Stretch stretch, double apart, Deadline deadline) {
    Speaker speaker =
        Speaker.in(
            media.file(),
            Math.max(0, stretch.start() + apart),
            stretch.end() + apart,
            media.faceDetector(),
            media.limits(),
            deadline);
    if (deadline.passed()) {
      // What was not looked at is no reason to abstain for good.
      throw new DetectionException(Reason.TIMEOUT, "Looking at its faces took too long.");
    }
    List<MouthFrame> run =
        speaker.longest(
            frames ->
                speech.secondsWithin(
                    frames.getFirst().seconds() - apart, frames.getLast().seconds() - apart));
    if (run.isEmpty()) {
      throw nobody(media, speaker);
    }
    double start = run.getFirst().seconds();
    double seconds = run.getLast().seconds() - start;
    if (speech.secondsWithin(start - apart, start + seconds - apart) < LEAST_SPEECH) {
      throw nobody(media, speaker);
    }
    if ((run.size() - 1) / seconds < LEAST_RATE) {
      throw tooFewFrames();
    }
    Movement movement = Movement.of(run);
    if (movement.activity() < ACTIVE) {
      throw new DetectionException(
          Reason.VOICE_OVER, "The visible mouth hardly moves while somebody speaks.");
    }
    Envelope heard = Envelope.of(media.sound(), start - apart, seconds);
    Match match = Match.of(movement, new Envelope(heard.start() + apart, heard.values()));
    return report(media, start, start + seconds, run.size(), match, movement.activity());
  }

  private static DetectionException tooShort() {
    return new DetectionException(
        Reason.TOO_SHORT, "Somebody speaks for less than %.0f seconds.".formatted(LEAST_SPEECH));
  }

  private static DetectionException tooFewFrames() {
    return new DetectionException(
        Reason.NOT_APPLICABLE, "It shows fewer than %.0f frames a second.".formatted(Speaker.RATE));
  }

  private static DetectionException nobody(MediaContext media, Speaker speaker) {
    Reason mostly = speaker.mostlyLeftOut();
    if (mostly == Reason.TOO_SHORT && speaker.rate() < LEAST_RATE) {
      // So few that none seems to follow another.
      return tooFewFrames();
    }
    String detail =
        switch (mostly) {
          case NO_FACE ->
              "No face was found by %s for %.0f seconds of speech."
                  .formatted(media.faceDetectorName(), LEAST_SPEECH);
          case FACE_TOO_SMALL ->
              "Its faces are smaller than %d pixels while somebody speaks."
                  .formatted(Speaker.SMALLEST);
          case SEVERAL_FACES -> "Which of its faces speaks cannot be told.";
          case FACE_TURNED -> "Its face looks to the side while somebody speaks.";
          case TOO_DARK -> "Its face is too dark while somebody speaks.";
          default ->
              "No face is seen without a cut for %.0f seconds of speech.".formatted(LEAST_SPEECH);
        };
    return new DetectionException(mostly, detail);
  }

  private DetectorReport report(
      MediaContext media, double start, double end, int frames, Match match, double activity) {
    boolean together = match.strength() >= STRONG;
    double score = UNRELATED;
    String rationale =
        "The visible mouth moves, but not with the speech that is heard: a dubbed or foreign voice,"
            + " or a false one.";
    if (together) {
      boolean small = Math.abs(match.lag()) <= SMALL_LAG;
      score = small ? TOGETHER : SHIFTED;
      rationale =
          small
              ? "The visible mouth moves with the speech that is heard."
              : String.format(
                  Locale.ROOT,
                  "The visible mouth moves with the speech that is heard, but the sound is %.2f s"
                      + " %s.",
                  Math.abs(match.lag()),
                  match.lag() > 0 ? "late" : "early");
    }
    Evidence evidence =
        Evidence.of(
                List.of(
                    finding("lag of the sound", "%.2f s", match.lag()),
                    finding("correlation", "%.2f", match.correlation()),
                    finding("strength", "%.1f standard deviations", match.strength()),
                    finding("movement of the mouth", "%.1f times that of the face", activity),
                    finding("frames", "%.0f", frames)))
            .withRationale(rationale)
            .withTimeline(List.of(new TimelineSegment(start, end, score)))
            .withFaces(
                new Faces(
                    media.faceDetectorName(),
                    List.of(new Person(1, start, end, frames, score)),
                    null));
    return DetectorReport.scored(
        name(), modelVersion(), category(), score, evidence, ReportTimings.ZERO);
  }

  private Finding finding(String what, String format, double value) {
    return new Finding(name(), what, String.format(Locale.ROOT, format, value));
  }
}
