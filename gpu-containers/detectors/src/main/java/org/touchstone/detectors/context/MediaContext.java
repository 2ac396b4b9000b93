package org.touchstone.detectors.context;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.base.Lazy;
import org.touchstone.detectors.decode.CompressionMeter;
import org.touchstone.detectors.decode.ContainerTagReader;
import org.touchstone.detectors.decode.FrameFinder;
import org.touchstone.detectors.decode.FrameSampler;
import org.touchstone.detectors.decode.ImageDecoder;
import org.touchstone.detectors.decode.SceneChanges;
import org.touchstone.detectors.decode.VideoFrame;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.FrameFaces;
import org.touchstone.detectors.faces.tracking.ConsecutiveFaces;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.Waveform;
import org.touchstone.detectors.sound.quality.QualityMeter;
import org.touchstone.detectors.sound.quality.SoundQuality;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.models.Compression;
import org.touchstone.models.InputQuality;
import org.touchstone.models.PipelineOptions;
import org.touchstone.provenance.ContainerTags;
import org.touchstone.provenance.MediaMetadata;
import org.touchstone.provenance.MetadataReader;
import org.touchstone.provenance.ProvenanceReader;

/**
 * One medium as the detectors of a job see it. Frames, faces and sound are made on first use and
 * then shared, so a job decodes and looks for faces once, however many detectors it runs, except
 * for one that asks for more frames ({@link #faces(int)}). Nothing native outlives a call, so a
 * context may be closed while a detector that ran out of time still holds results.
 */
public final class MediaContext implements AutoCloseable {
  /** Most frames that a detector can ask for: as many as GenD's authors use. */
  public static final int MOST_FRAMES = 32;

  private final Path file;
  private final MediaItem item;
  private final Modality track;
  private final DecodeLimits limits;
  private final FaceDetector faceDetector;
  private final Path workFolder;
  private final Queue<EvidencePicture> pictures = new ConcurrentLinkedQueue<>();
  private final AtomicLong decodeNanos = new AtomicLong();
  private final Lazy<MediaMetadata> metadata = new Lazy<>(this::readMetadata);
  private final Lazy<Provenance> provenance = new Lazy<>(this::readProvenance);
  private final Lazy<List<VideoFrame>> frames = new Lazy<>(this::decodeFrames);
  private final Lazy<List<FrameFaces>> faces = new Lazy<>(this::findFaces);
  private final Lazy<ConsecutiveFaces> consecutive = new Lazy<>(this::followFaces);
  private final Lazy<Optional<Compression>> compression = new Lazy<>(this::measureCompression);
  private final SharedSound sound = new SharedSound(this::decodeSound, this::timed);

  /**
   * @param file the medium's bytes, which stay where they are until the context is closed
   * @param item the medium's description
   * @param track the track that is looked at
   * @param faces the face detector, which outlives the context
   * @param workFolder an existing folder; closing the context removes what it wrote there
   */
  public MediaContext(
      Path file,
      MediaItem item,
      Modality track,
      DecodeLimits limits,
      FaceDetector faces,
      Path workFolder) {
    this.file = Objects.requireNonNull(file, "file");
    this.item = Objects.requireNonNull(item, "item");
    this.track = Objects.requireNonNull(track, "track");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.faceDetector = Objects.requireNonNull(faces, "faces");
    this.workFolder = Objects.requireNonNull(workFolder, "workFolder");
  }

  public Path file() {
    return file;
  }

  public MediaItem item() {
    return item;
  }

  public Modality track() {
    return track;
  }

  public DecodeLimits limits() {
    return limits;
  }

  /** Name of the face detector behind {@link #faces()}. */
  public String faceDetectorName() {
    return faceDetector.name();
  }

  /**
   * The face detector, for frames that the caller decodes itself. Without landmarks there are no
   * {@link #consecutiveFaces()}.
   */
  public FaceDetector faceDetector() {
    return faceDetector;
  }

  /** The file's own metadata. */
  public MediaMetadata metadata() {
    return metadata.get();
  }

  /** What the file proves or says about its origin, by the bundled lists of those who vouch. */
  public Provenance provenance() {
    return provenance.get();
  }

  /**
   * The picture, upright.
   *
   * @throws DetectionException with {@link Reason#NOT_APPLICABLE} unless the medium is an image,
   *     {@link Reason#UNSUPPORTED} or {@link Reason#CORRUPT} when it cannot be decoded
   */
  public RgbImage image() {
    if (item.modality() != Modality.IMAGE) {
      throw new DetectionException(Reason.NOT_APPLICABLE, "It is not a still picture.");
    }
    return frames.get().getFirst().image();
  }

  /**
   * Frames sampled evenly over a video, in order of time, or an image as a single frame at 0 s.
   * Never empty.
   *
   * @throws DetectionException with {@link Reason#NOT_APPLICABLE} for audio, {@link
   *     Reason#UNSUPPORTED} or {@link Reason#CORRUPT} when nothing can be decoded
   */
  public List<VideoFrame> frames() {
    return frames.get();
  }

  /**
   * At most so many of {@link #frames()}, scene changes first.
   *
   * @param most {@link PipelineOptions#SAMPLED} for all of them
   * @throws DetectionException as {@link #frames()}
   */
  public List<VideoFrame> frames(int most) {
    return most == PipelineOptions.SAMPLED ? frames.get() : SceneChanges.choose(frames.get(), most);
  }

  /**
   * The length of the picture's shorter side, pixels; of a video, that of its first sampled frame.
   *
   * @throws DetectionException as {@link #frames()}
   */
  public int shortEdge() {
    RgbImage first = frames.get().getFirst().image();
    return Math.min(first.width(), first.height());
  }

  /**
   * The quality of the picture as far as it is known, without faces.
   *
   * @throws DetectionException as {@link #frames()}
   */
  public InputQuality quality() {
    return track == Modality.AUDIO
        ? InputQuality.UNKNOWN
        : new InputQuality(OptionalInt.of(shortEdge()), OptionalInt.empty(), compression.get());
  }

  /**
   * The faces of every frame of {@link #frames()}, in the same order; a frame without faces has an
   * empty list.
   *
   * @throws DetectionException as {@link #frames()}
   */
  public List<FrameFaces> faces() {
    return faces.get();
  }

  /**
   * The faces of a number of frames of a video: those of {@link #faces()}, unless more frames are
   * wanted than all detectors share. Then they are sampled for the caller alone, so that what other
   * detectors see does not depend on who is installed.
   *
   * @param wanted how many frames; of more than {@link #MOST_FRAMES} so many are sampled
   * @throws DetectionException as {@link #frames()}
   */
  public List<FrameFaces> faces(int wanted) {
    int count = Math.min(wanted, MOST_FRAMES);
    if (item.modality() != Modality.VIDEO || count <= limits.frames()) {
      return faces.get();
    }
    return timed(
        () ->
            new FaceSearch(faceDetector)
                .in(new FrameSampler(limits.withFrames(count)).sample(file)));
  }

  /**
   * The faces in the first frames of a video, frame after frame.
   *
   * @throws DetectionException with {@link Reason#NOT_APPLICABLE} unless the medium is a video, or
   *     as {@link ConsecutiveFaces#find}
   */
  public ConsecutiveFaces consecutiveFaces() {
    return consecutive.get();
  }

  /**
   * The sound of a video or an audio file: one channel at {@link Sound#SAMPLE_RATE}, read by time
   * window. It lies in a file, which is deleted with the context.
   *
   * @throws DetectionException with {@link Reason#NOT_APPLICABLE} for an image, or as {@link
   *     Sound#decode}
   */
  public Sound sound() {
    return sound.get();
  }

  /** The outline of the sound, if it was decoded so far. */
  public Optional<Waveform> waveform() {
    return sound.waveform();
  }

  /**
   * Where somebody speaks in {@link #sound()}. It is found once, by the first caller's voice
   * activity: all detectors of a process use the same one.
   *
   * @throws DetectionException as {@link #sound()} and {@link VoiceActivity#find}
   */
  public Speech speech(VoiceActivity voice) {
    return sound.speech(voice);
  }

  /**
   * The quality of {@link #sound()}, measured once for all detectors.
   *
   * @param voice as for {@link #speech}
   * @throws DetectionException as {@link #speech} and {@link QualityMeter#measure}
   */
  public SoundQuality soundQuality(VoiceActivity voice) {
    return sound.quality(voice);
  }

  /**
   * The frame of a video at a time from {@link #frames()} or {@link #consecutiveFaces()}; empty
   * when it cannot be found by its time, as in a video without times.
   *
   * @throws DetectionException with {@link Reason#TIMEOUT} when the thread was interrupted
   */
  public Optional<RgbImage> frameAt(double seconds) {
    Optional<RgbImage> sampled =
        frames.known().stream()
            .flatMap(List::stream)
            .filter(frame -> frame.seconds() == seconds)
            .map(VideoFrame::image)
            .findFirst();
    return sampled.isPresent() ? sampled : timed(() -> new FrameFinder(limits).find(file, seconds));
  }

  /** Hands over a picture that goes with the detector's report. */
  public void add(EvidencePicture picture) {
    pictures.add(picture);
  }

  /** The pictures that detectors handed over so far. */
  public List<EvidencePicture> pictures() {
    return List.copyOf(pictures);
  }

  /** Time spent so far on decoding and on faces. */
  public Duration decodeTime() {
    return Duration.ofNanos(decodeNanos.get());
  }

  /** Releases everything decoded. */
  @Override
  public void close() {
    sound.close();
    metadata.clear();
    provenance.clear();
    frames.clear();
    faces.clear();
    consecutive.clear();
    compression.clear();
  }

  private Provenance readProvenance() {
    MediaMetadata read = metadata();
    return timed(() -> ProvenanceReader.bundled().read(file, read, item.modality(), true));
  }

  private MediaMetadata readMetadata() {
    return timed(
        () ->
            new MetadataReader()
                .read(
                    file,
                    item.modality() == Modality.IMAGE
                        ? ContainerTags.NONE
                        : ContainerTagReader.read(file)));
  }

  private Optional<Compression> measureCompression() {
    return timed(() -> new CompressionMeter(limits).of(file, item.modality()));
  }

  private List<VideoFrame> decodeFrames() {
    return timed(
        () ->
            switch (item.modality()) {
              case IMAGE -> List.of(new VideoFrame(0, new ImageDecoder(limits).decode(file)));
              case VIDEO -> new FrameSampler(limits).sample(file);
              case AUDIO ->
                  throw new DetectionException(Reason.NOT_APPLICABLE, "It has no picture.");
            });
  }

  private List<FrameFaces> findFaces() {
    List<VideoFrame> all = frames.get();
    return timed(() -> new FaceSearch(faceDetector).in(all));
  }

  private ConsecutiveFaces followFaces() {
    if (item.modality() != Modality.VIDEO) {
      throw new DetectionException(Reason.NOT_APPLICABLE, "It is not a video.");
    }
    return timed(() -> ConsecutiveFaces.find(file, faceDetector, limits));
  }

  private Sound decodeSound() {
    if (item.modality() == Modality.IMAGE) {
      throw new DetectionException(Reason.NOT_APPLICABLE, "It is a still picture.");
    }
    return Sound.decode(file, workFolder, limits);
  }

  private <T> T timed(Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      decodeNanos.addAndGet(System.nanoTime() - start);
    }
  }
}
