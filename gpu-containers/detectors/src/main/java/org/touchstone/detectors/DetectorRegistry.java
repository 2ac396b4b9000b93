package org.touchstone.detectors;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.faces.installed.FaceDetectors;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.pipelines.DetectorKind;
import org.touchstone.detectors.pipelines.ModelPipeline;
import org.touchstone.detectors.pipelines.distildire.DistilDireKind;
import org.touchstone.detectors.pipelines.faceclassifier.FaceClassifier;
import org.touchstone.detectors.pipelines.frames.OnnxFrameDetector;
import org.touchstone.detectors.pipelines.ftcn.FtcnKind;
import org.touchstone.detectors.pipelines.genconvit.GenConVitKind;
import org.touchstone.detectors.pipelines.metadata.MetadataKind;
import org.touchstone.detectors.pipelines.styleflow.StyleFlowKind;
import org.touchstone.detectors.pipelines.transcript.TranscriptKind;
import org.touchstone.detectors.pipelines.ufd.UniversalFakeDetectKind;
import org.touchstone.detectors.pipelines.windows.WindowDetector;
import org.touchstone.domain.Compute;
import org.touchstone.domain.Modality;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;
import org.touchstone.models.ModelStore;
import org.touchstone.models.Pipeline;
import org.touchstone.models.Region;

/**
 * All detectors: {@code metadata}, one for every installed model, and one that abstains for every
 * detector of the full ensemble whose model is not installed. So a vote always shows what is
 * missing.
 */
public final class DetectorRegistry {
  /** The detectors of the full ensemble, in the order they are shown: one line each. */
  private static final List<DetectorKind> KINDS =
      List.of(
          new MetadataKind(),
          new GenConVitKind(),
          new FtcnKind(),
          new StyleFlowKind(),
          new DistilDireKind(),
          new UniversalFakeDetectKind(),
          new TranscriptKind());

  private static final Map<Pipeline, ModelPipeline> PIPELINES = pipelines();

  private final Map<String, Detector> byName;
  private final Map<String, Compute> needs;

  /**
   * Detectors that all run on any machine.
   *
   * @throws IllegalArgumentException when two detectors share a name
   */
  public DetectorRegistry(List<Detector> detectors) {
    this(detectors, Map.of());
  }

  /**
   * @param needs by name, what a detector needs to run on; a CPU for those not listed
   */
  private DetectorRegistry(List<Detector> detectors, Map<String, Compute> needs) {
    this.needs = Map.copyOf(needs);
    byName = new LinkedHashMap<>();
    for (Detector detector : detectors) {
      if (byName.putIfAbsent(detector.name(), detector) != null) {
        throw new IllegalArgumentException("two detectors called " + detector.name());
      }
    }
  }

  /**
   * The detectors of the installed models. Models are looked up now and loaded when first used; a
   * model installed later needs a new registry.
   */
  public static DetectorRegistry of(ModelStore models, OnnxModels onnx) {
    Map<String, Detector> found = new LinkedHashMap<>();
    Map<String, Compute> needs = new HashMap<>();
    KINDS.forEach(kind -> kind.builtIn().ifPresent(detector -> add(found, detector)));
    for (InstalledModel model : models.newest()) {
      if (model.manifest().role() instanceof ModelRole.Detector role) {
        Detector detector = detector(model, role, onnx);
        add(found, lookingAtFaces(role, detector, FaceDetectors.version(models)));
        needs.put(detector.name(), compute(models, model.manifest()));
      }
    }
    KINDS.forEach(kind -> kind.using(models, onnx).ifPresent(detector -> add(found, detector)));
    KINDS.forEach(kind -> add(found, NotInstalledDetector.of(kind)));
    KINDS.forEach(
        kind -> kind.compute(models).ifPresent(compute -> needs.putIfAbsent(kind.name(), compute)));
    return new DetectorRegistry(new ArrayList<>(found.values()), needs);
  }

  /**
   * What an installed model needs to run on: what its manifest says, or else what its detector or
   * its pipeline needs.
   */
  public static Compute compute(ModelStore models, ModelManifest manifest) {
    ModelRole role = manifest.role();
    boolean declared = role instanceof ModelRole.Detector own && own.declared().isPresent();
    return KINDS.stream()
        .filter(kind -> !declared && kind.name().equals(manifest.name()))
        .findFirst()
        .flatMap(kind -> kind.compute(models))
        .orElse(role.compute());
  }

  /** The detectors of the full ensemble, whether or not they are installed. */
  public static List<DetectorKind> kinds() {
    return KINDS;
  }

  /** An organisation's own models are run frame by frame, face by face or window by window. */
  private static Map<Pipeline, ModelPipeline> pipelines() {
    Map<Pipeline, ModelPipeline> pipelines = new EnumMap<>(Pipeline.class);
    pipelines.put(Pipeline.FRAMES, OnnxFrameDetector.PIPELINE);
    pipelines.put(Pipeline.FACE_CLASSIFIER, FaceClassifier.PIPELINE);
    pipelines.put(Pipeline.SOUND, WindowDetector.PIPELINE);
    for (DetectorKind kind : KINDS) {
      kind.pipeline()
          .ifPresent(
              pipeline -> {
                if (!pipeline.equals(pipelines.getOrDefault(pipeline.pipeline(), pipeline))) {
                  throw new IllegalStateException("two ways to run " + pipeline.pipeline());
                }
                pipelines.put(pipeline.pipeline(), pipeline);
              });
    }
    return pipelines;
  }

  private static Detector detector(InstalledModel model, ModelRole.Detector role, OnnxModels onnx) {
    ModelManifest manifest = model.manifest();
    ModelPipeline pipeline = PIPELINES.get(role.pipeline());
    if (pipeline == null) {
      return NotInstalledDetector.of(
          manifest.name(), role, "This version has no detector that runs models of its pipeline.");
    }
    return Stream.concat(
            pipeline.missing().apply(manifest).stream(),
            KINDS.stream().flatMap(kind -> kind.missing(manifest).stream()))
        .findFirst()
        .map(missing -> NotInstalledDetector.of(manifest.name(), role, missing))
        .orElseGet(() -> pipeline.detector(model, onnx));
  }

  private static Detector lookingAtFaces(
      ModelRole.Detector role, Detector detector, Optional<String> faceVersion) {
    boolean faces = role.region().kind() == Region.Kind.FACE;
    return faces && detector.isInstalled() && faceVersion.isPresent()
        ? new FaceDependentDetector(detector, faceVersion.get())
        : detector;
  }

  private static void add(Map<String, Detector> found, Detector detector) {
    found.putIfAbsent(detector.name(), detector);
  }

  /**
   * A registry of only these detectors.
   *
   * @throws IllegalArgumentException when a name is not that of a detector
   */
  public DetectorRegistry only(Set<String> names) {
    for (String name : names) {
      if (!byName.containsKey(name)) {
        throw new IllegalArgumentException("no detector called " + name);
      }
    }
    return new DetectorRegistry(
        byName.values().stream().filter(detector -> names.contains(detector.name())).toList(),
        needs);
  }

  /** A registry without the detectors that need more than that. */
  public DetectorRegistry runnableOn(Compute compute) {
    return new DetectorRegistry(
        byName.values().stream().filter(d -> compute.canRun(compute(d.name()))).toList(), needs);
  }

  /** How to install a detector; empty for those that are installed or not known here. */
  public Optional<String> howToInstall(String name) {
    return find(name)
        .filter(NotInstalledDetector.class::isInstance)
        .map(detector -> ((NotInstalledDetector) detector).howToInstall());
  }

  /** What a detector needs to run on. */
  public Compute compute(String name) {
    return needs.getOrDefault(name, Compute.CPU);
  }

  /** All of them, in a fixed order. */
  public List<Detector> all() {
    return List.copyOf(byName.values());
  }

  /** The detectors that look at a track. */
  public List<Detector> forTrack(Modality track) {
    return byName.values().stream().filter(d -> d.tracks().contains(track)).toList();
  }

  /**
   * The detector of that name; one that abstains as not installed when there is none, or when it
   * does not look at the track.
   *
   * @param absent a sentence for whoever runs the system, if there is none
   */
  public Detector named(String name, Modality track, String absent) {
    return find(name)
        .filter(detector -> detector.tracks().contains(track))
        .orElseGet(() -> NotInstalledDetector.of(name, track, absent));
  }

  public Optional<Detector> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
