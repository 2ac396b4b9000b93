package org.touchstone.detectors.pipelines.frames;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.decode.FrameTimeline;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.inference.Activations;
import org.touchstone.detectors.inference.ModelInput;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.Values;
import org.touchstone.detectors.pipelines.Aggregations;
import org.touchstone.detectors.pipelines.ModelDetector;
import org.touchstone.detectors.pipelines.ModelPipeline;
import org.touchstone.detectors.pipelines.Peaks;
import org.touchstone.detectors.pipelines.frames.Crops.Crop;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Faces;
import org.touchstone.domain.Evidence.Peak;
import org.touchstone.domain.Evidence.Region;
import org.touchstone.domain.Evidence.TimelineSegment;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.domain.ReportTimings;
import org.touchstone.models.InputQuality;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.Pipeline;
import org.touchstone.models.PipelineOptions.Aggregation;
import org.touchstone.models.Region.Kind;
import org.touchstone.models.Reliabilities;

/**
 * Any classifier of pictures, faces or short clips that has a manifest. A frame's probability is
 * the highest of its faces, as one of several faces may be false. The score is the mean over the
 * frames or clips, unless the manifest says otherwise.
 */
public final class OnnxFrameDetector extends ModelDetector {
  /** Runs every model whose manifest names no pipeline. */
  public static final ModelPipeline PIPELINE =
      new ModelPipeline(Pipeline.FRAMES, OnnxFrameDetector::new);

  /** Most memory for the pictures of one run, bytes. */
  private static final int MAX_BATCH_BYTES = 32 << 20;

  private static final int MAX_REGIONS = 100;

  private final ModelInput input;

  public OnnxFrameDetector(InstalledModel model, OnnxModels models) {
    super(model, models);
    this.input = new ModelInput(visual());
  }

  @Override
  public DetectorReport detect(MediaContext media) {
    checkSize(media);
    List<Crop> crops = new Crops(role(), input).of(media);
    boolean clips = visual().layout().isClip();
    List<TimelineSegment> timeline = clips ? clips(crops) : frames(crops, media);
    Aggregation aggregation = role().options().aggregation();
    double score =
        Aggregations.score(
            aggregation, timeline.stream().mapToDouble(TimelineSegment::score).toArray());
    boolean still = media.item().modality() == Modality.IMAGE;
    boolean faces = role().region().kind() == Kind.FACE;
    List<Peak> peaks = still ? List.of() : Peaks.of(timeline);
    Evidence evidence =
        Evidence.NONE
            .withTimeline(still ? null : timeline)
            .withRegions(regions(crops, still))
            .withPeaks(peaks)
            .withFaces(faces ? new Faces(media.faceDetectorName(), null, null) : null);
    Peaks.addFrames(media, name(), peaks);
    DetectorReport report =
        DetectorReport.scored(
            name(), modelVersion(), category(), score, evidence, ReportTimings.ZERO);
    return reliability(quality(media, crops), crops, timeline.size())
        .map(report::withReliability)
        .orElse(report);
  }

  /** Where a frame has several faces, its score is the highest of theirs. */
  private Optional<Reliability> reliability(InputQuality input, List<Crop> crops, int looks) {
    Combination combination = Aggregations.combination(role().options().aggregation());
    // A clip follows one face.
    int faces = visual().layout().isClip() ? 1 : mostInAFrame(crops);
    if (faces == 1) {
      return Reliabilities.of(manifest(), input, combination, looks);
    }
    return looks == 1 || combination == Combination.MAXIMUM
        ? Reliabilities.of(manifest(), input, Combination.MAXIMUM, crops.size())
        : Reliabilities.of(manifest(), input, combination, looks)
            .map(each -> each.ofHighest(faces));
  }

  private static int mostInAFrame(List<Crop> crops) {
    Map<Double, Integer> counts = new HashMap<>();
    crops.forEach(crop -> counts.merge(crop.seconds(), 1, Integer::sum));
    return Collections.max(counts.values());
  }

  private InputQuality quality(MediaContext media, List<Crop> crops) {
    OptionalInt smallest =
        crops.stream()
            .filter(crop -> crop.face() != null)
            .map(crop -> crop.face().box())
            .mapToInt(box -> Math.min(box.width(), box.height()))
            .min();
    InputQuality quality = quality(media);
    return smallest.isEmpty() ? quality : quality.withFace(smallest.getAsInt());
  }

  /** One segment per frame, up to the next frame. */
  private List<TimelineSegment> frames(List<Crop> crops, MediaContext media) {
    double[] probabilities = probabilities(crops, 1);
    Map<Double, Double> highest = new LinkedHashMap<>();
    for (int i = 0; i < probabilities.length; i++) {
      highest.merge(crops.get(i).seconds(), probabilities[i], Math::max);
    }
    return FrameTimeline.of(
        List.copyOf(highest.keySet()),
        List.copyOf(highest.values()),
        media.item().durationSeconds());
  }

  /** One segment per clip of consecutive frames; frames that do not fill a clip are not used. */
  private List<TimelineSegment> clips(List<Crop> crops) {
    int length = visual().frames();
    List<Crop> track = surestPerFrame(crops);
    int count = track.size() / length;
    if (count == 0) {
      throw new DetectionException(
          Reason.TOO_SHORT,
          "It needs %d frames, but there are only %d.".formatted(length, track.size()));
    }
    double[] probabilities = probabilities(track.subList(0, count * length), length);
    List<TimelineSegment> timeline = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double start = track.get(i * length).seconds();
      double end = track.get((i + 1) * length - 1).seconds();
      timeline.add(new TimelineSegment(start, end, probabilities[i]));
    }
    return timeline;
  }

  private static List<Crop> surestPerFrame(List<Crop> crops) {
    Map<Double, Crop> first = new LinkedHashMap<>();
    crops.forEach(crop -> first.putIfAbsent(crop.seconds(), crop));
    return List.copyOf(first.values());
  }

  /** One probability for every {@code length} pictures. */
  private double[] probabilities(List<Crop> crops, int length) {
    int count = crops.size() / length;
    int batch = Math.max(1, MAX_BATCH_BYTES / input.rowBytes());
    double[] probabilities = new double[count];
    ask(
        loaded -> {
          for (int from = 0; from < count; from += batch) {
            int size = Math.min(batch, count - from);
            List<Crop> some = crops.subList(from * length, (from + size) * length);
            Values data = input.pack(some.stream().map(Crop::image).toList());
            float[][] rows = loaded.run(data, size);
            for (int i = 0; i < size; i++) {
              probabilities[from + i] = Activations.probability(rows[i], role().output());
            }
          }
          return null;
        });
    return probabilities;
  }

  private static List<Region> regions(List<Crop> crops, boolean still) {
    return crops.stream()
        .filter(crop -> crop.face() != null)
        .limit(MAX_REGIONS)
        .map(crop -> region(crop.face(), still ? null : crop.seconds()))
        .toList();
  }

  private static Region region(Face face, Double seconds) {
    Rectangle box = face.box();
    return new Region(
        box.x(), box.y(), box.width(), box.height(), seconds, face.confidence(), "face");
  }
}
