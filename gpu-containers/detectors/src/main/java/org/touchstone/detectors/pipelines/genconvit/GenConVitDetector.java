package org.touchstone.detectors.pipelines.genconvit;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceAt;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.pipelines.FaceModelDetector;
import org.touchstone.detectors.pipelines.FaceSample;
import org.touchstone.detectors.pipelines.ModelPipeline;
import org.touchstone.detectors.pipelines.NoFaces;
import org.touchstone.detectors.pipelines.SampledFaces;
import org.touchstone.detectors.pipelines.SampledFaces.Sampled;
import org.touchstone.detectors.pixels.ImageScaler;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Reason;
import org.touchstone.models.Input;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.Pipeline;
import org.touchstone.models.PipelineOptions.Aggregation;

/**
 * GenConViT on the faces of sampled frames, each cut out along its box. With the aggregation {@code
 * reference} it looks at the first faces only, as many as there are frames, as in its published
 * code.
 */
public final class GenConVitDetector extends FaceModelDetector {
  /** Runs GenConViT's models. */
  public static final ModelPipeline PIPELINE =
      new ModelPipeline(Pipeline.GENCONVIT, GenConVitDetector::new);

  /** Most faces that are looked at. */
  private static final int MAX_FACES = 32;

  /** Faces that a person needs to count separately. */
  private static final int MIN_FACES = 3;

  public GenConVitDetector(InstalledModel model, OnnxModels models) {
    super(model, models);
  }

  @Override
  public DetectorReport detect(MediaContext media) {
    checkSize(media);
    List<Sampled> faces = faces(media);
    List<Sampled> bright = new ArrayList<>();
    List<byte[]> crops = new ArrayList<>();
    for (Sampled face : faces) {
      byte[] crop = crop(face);
      if (!isDark(crop)) {
        bright.add(face);
        crops.add(crop);
      }
    }
    if (crops.isEmpty()) {
      throw new DetectionException(Reason.TOO_DARK, "Its faces are too dark.");
    }
    float[][] values = run(crops);
    List<FaceSample> samples = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Sampled face = bright.get(i);
      double time = face.frame().frame().seconds();
      FaceAt at = new FaceAt(time, face.face());
      samples.add(new FaceSample(face.person(), time, time, at, values[i]));
    }
    NetworkScores scores = new NetworkScores(role().output(), role().options().aggregation());
    return report(media, samples, scores::score, MIN_FACES);
  }

  private List<Sampled> faces(MediaContext media) {
    List<Sampled> all = SampledFaces.of(media.faces());
    int minSize = role().region().minSize();
    List<Sampled> large = all.stream().filter(face -> side(face.face()) >= minSize).toList();
    if (large.isEmpty()) {
      throw NoFaces.in(media, !all.isEmpty(), minSize);
    }
    return role().options().aggregation() == Aggregation.REFERENCE
        ? large.subList(0, Math.min(large.size(), media.frames().size()))
        : SampledFaces.spread(large, MAX_FACES);
  }

  private static int side(Face face) {
    return Math.min(face.box().width(), face.box().height());
  }

  private byte[] crop(Sampled face) {
    Input.Visual input = visual();
    RgbImage image = face.frame().frame().image();
    Rectangle part = face.face().box().grown(role().region().margin(), image);
    return ImageScaler.scale(image, part, input.width(), input.height(), input.resampling()).data();
  }
}
