package org.touchstone.detectors.pipelines.faceclassifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.decode.VideoFrame;
import org.touchstone.detectors.faces.FaceAt;
import org.touchstone.detectors.inference.Activations;
import org.touchstone.detectors.inference.ModelInput;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.pipelines.Aggregations;
import org.touchstone.detectors.pipelines.FaceModelDetector;
import org.touchstone.detectors.pipelines.FaceSample;
import org.touchstone.detectors.pipelines.ModelPipeline;
import org.touchstone.detectors.pipelines.SampledFaces.Sampled;
import org.touchstone.detectors.pipelines.faceclassifier.AlignedFaces.Aligned;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.Pipeline;

/**
 * A classifier of aligned faces, as GenD is one. How the faces of one person become a score, and
 * the scores of several people one, is what its manifest says.
 */
public final class FaceClassifier extends FaceModelDetector {
  /** Runs every model whose manifest names this pipeline. */
  public static final ModelPipeline PIPELINE =
      new ModelPipeline(Pipeline.FACE_CLASSIFIER, FaceClassifier::new);

  /** Faces that a person of a video needs to count separately. */
  private static final int MIN_FACES = 3;

  /** Faces that go to the model together: more need memory and gain little speed. */
  private static final int AT_A_TIME = 32;

  private final ModelInput input;
  private final AlignedFaces faces;

  public FaceClassifier(InstalledModel model, OnnxModels models) {
    super(model, models);
    this.input = new ModelInput(visual());
    this.faces = new AlignedFaces(role().region(), role().options().frames());
  }

  @Override
  public DetectorReport detect(MediaContext media) {
    if (!media.faceDetector().findsLandmarks()) {
      throw new DetectionException(
          Reason.NOT_INSTALLED,
          "It aligns faces by their eyes, nose and mouth, which yunet and retinaface find.");
    }
    checkSize(media);
    List<Aligned> bright = new ArrayList<>();
    List<byte[]> pictures = new ArrayList<>();
    Map<Double, RgbImage> held = new HashMap<>();
    for (Aligned face : faces.of(media)) {
      if (!isDark(face.square().data())) {
        bright.add(face);
        pictures.add(input.fit(face.square()).data());
        VideoFrame frame = face.sampled().frame().frame();
        held.put(frame.seconds(), frame.image());
      }
    }
    if (bright.isEmpty()) {
      throw new DetectionException(Reason.TOO_DARK, "Its faces are too dark.");
    }
    boolean still = media.item().modality() == Modality.IMAGE;
    return report(media, samples(bright, pictures), this::score, still ? 1 : MIN_FACES, held);
  }

  private List<FaceSample> samples(List<Aligned> aligned, List<byte[]> pictures) {
    List<FaceSample> samples = new ArrayList<>();
    for (int from = 0; from < pictures.size(); from += AT_A_TIME) {
      int to = Math.min(from + AT_A_TIME, pictures.size());
      float[][] values = run(pictures.subList(from, to));
      for (int i = 0; i < values.length; i++) {
        samples.add(sample(aligned.get(from + i).sampled(), values[i]));
      }
    }
    return samples;
  }

  private static FaceSample sample(Sampled face, float[] values) {
    double time = face.frame().frame().seconds();
    return new FaceSample(face.person(), time, time, new FaceAt(time, face.face()), values);
  }

  private double score(List<float[]> values) {
    return Aggregations.score(
        role().options().aggregation(),
        values.stream()
            .mapToDouble(each -> Activations.probability(each, role().output()))
            .toArray());
  }
}
