package org.touchstone.detectors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.faces.retinaface.FaceDetectors;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.pipelines.alignedclips.AlignedClipDetector;
import org.touchstone.detectors.pipelines.frames.OnnxFrameDetector;
import org.touchstone.detectors.pipelines.genconvit.GenConVitDetector;
import org.touchstone.detectors.pipelines.metadata.MetadataDetector;
import org.touchstone.detectors.pipelines.ufd.UniversalFakeDetector;
import org.touchstone.domain.Modality;
import org.touchstone.models.ExtraInput.Fill;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelRole;
import org.touchstone.models.ModelStore;
import org.touchstone.models.Region;

/**
 * The detectors there are: {@code metadata}, one for every installed model, and one that abstains
 * for every detector of the full ensemble whose model is not installed, so that a vote always shows
 * what is missing from it.
 */
public final class DetectorRegistry {
  private final Map<String, Detector> byName;

  /**
   * @throws IllegalArgumentException when two detectors share a name
   */
  public DetectorRegistry(List<Detector> detectors) {
    byName = new LinkedHashMap<>();
    for (Detector detector : detectors) {
      if (byName.putIfAbsent(detector.name(), detector) != null) {
        throw new IllegalArgumentException("two detectors called " + detector.name());
      }
    }
  }

  /**
   * The detectors that the installed models give. Models are looked up now and loaded when first
   * used; a model installed later needs a new registry.
   */
  public static DetectorRegistry of(ModelStore models, OnnxModels onnx) {
    Map<String, Detector> found = new LinkedHashMap<>();
    add(found, new MetadataDetector());
    for (InstalledModel model : models.newest()) {
      if (model.manifest().role() instanceof ModelRole.Detector role) {
        Detector detector = detector(model, role, onnx);
        add(found, lookingAtFaces(role, detector, FaceDetectors.version(models)));
      }
    }
    for (Detector missing : NotInstalledDetector.ensemble()) {
      found.putIfAbsent(missing.name(), missing);
    }
    return new DetectorRegistry(new ArrayList<>(found.values()));
  }

  private static Detector detector(InstalledModel model, ModelRole.Detector role, OnnxModels onnx) {
    if (model.manifest().extraInputs().stream().anyMatch(i -> i.fill() == Fill.STYLE_LATENTS)) {
      return NotInstalledDetector.withoutEncoder(model.manifest().name(), role);
    }
    return switch (role.pipeline()) {
      case FRAMES -> new OnnxFrameDetector(model, onnx);
      case GENCONVIT -> new GenConVitDetector(model, onnx);
      case ALIGNED_CLIPS -> new AlignedClipDetector(model, onnx);
      case CLIP_VIT -> new UniversalFakeDetector(model, onnx);
      case SOUND -> NotInstalledDetector.withoutListener(model.manifest().name(), role);
    };
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
   * Only some of them.
   *
   * @throws IllegalArgumentException when there is none of one of the names
   */
  public DetectorRegistry only(Set<String> names) {
    for (String name : names) {
      if (!byName.containsKey(name)) {
        throw new IllegalArgumentException("no detector called " + name);
      }
    }
    return new DetectorRegistry(
        byName.values().stream().filter(detector -> names.contains(detector.name())).toList());
  }

  /** All of them, in a fixed order. */
  public List<Detector> all() {
    return List.copyOf(byName.values());
  }

  /** Those that look at a track. */
  public List<Detector> forTrack(Modality track) {
    return byName.values().stream().filter(d -> d.tracks().contains(track)).toList();
  }

  public Optional<Detector> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
