package org.touchstone.detectors.faces.retinaface;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.SearchSize;
import org.touchstone.detectors.inference.NamedTensor;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.Values;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;

/**
 * RetinaFace by an installed model. It accepts pictures of any size and gives {@value #BOXES}
 * {@code [N, P, 4]}, {@value #CLASSES} {@code [N, P, 2]} and {@value #POINTS} {@code [N, P, 10]}
 * for {@code P} anchors. Larger pictures are searched at a smaller size, as the cost grows with
 * their pixels; the published code searches them at full size.
 */
public final class RetinaFaceDetector implements FaceDetector {
  private static final String BOXES = "loc";
  private static final String CLASSES = "conf";
  private static final String POINTS = "landms";

  /** Most pictures that go through the network together; more cost memory and gain little speed. */
  private static final int BATCH = 4;

  /** Most pixels that go through the network together, unless a single picture has more. */
  private static final long BATCH_PIXELS = 4L * 1920 * 1088;

  private final InstalledModel model;
  private final OnnxModels models;
  private final Settings settings;

  public RetinaFaceDetector(InstalledModel model, OnnxModels models, Settings settings) {
    this.model = Objects.requireNonNull(model, "model");
    this.models = Objects.requireNonNull(models, "models");
    this.settings = Objects.requireNonNull(settings, "settings");
  }

  /**
   * The settings of a search.
   *
   * @param minConfidence confidence above which a find is a face
   * @param maxSide longest side of a searched picture, pixels; larger pictures are scaled down
   */
  public record Settings(double minConfidence, int maxSide) {
    /** FTCN's bound, above which hardly anything but faces is found. */
    private static final double MIN_CONFIDENCE = 0.75;

    /** A manifest's settings, with FTCN's bound. */
    public static Settings of(ModelRole.FaceDetector role) {
      return new Settings(MIN_CONFIDENCE, role.searchSize());
    }
  }

  @Override
  public String name() {
    ModelManifest manifest = model.manifest();
    return manifest.name() + " " + manifest.version();
  }

  @Override
  public boolean findsLandmarks() {
    return true;
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public List<Face> detect(RgbImage image) {
    return detectAll(List.of(image)).getFirst();
  }

  @Override
  public List<List<Face>> detectAll(List<RgbImage> images) {
    List<List<Face>> faces = new ArrayList<>(images.size());
    int from = 0;
    while (from < images.size()) {
      int to = from + 1;
      int most = batch(images.get(from));
      while (to < images.size() && to - from < most && sameSize(images, from, to)) {
        to++;
      }
      faces.addAll(detectAlike(images.subList(from, to)));
      from = to;
    }
    return List.copyOf(faces);
  }

  private int batch(RgbImage image) {
    long pixels = SearchSize.of(image, settings.maxSide()).pixels();
    return (int) Math.clamp(BATCH_PIXELS / pixels, 1, BATCH);
  }

  private static boolean sameSize(List<RgbImage> images, int one, int other) {
    RgbImage a = images.get(one);
    RgbImage b = images.get(other);
    return a.width() == b.width() && a.height() == b.height();
  }

  /** The faces of pictures of one size. */
  private List<List<Face>> detectAlike(List<RgbImage> images) {
    SearchSize size = SearchSize.of(images.getFirst(), settings.maxSide());
    return search(images, size).stream()
        .map(
            finds ->
                finds.stream()
                    .flatMap(d -> size.face(d.box(), d.score(), d.landmarks()).stream())
                    .toList())
        .toList();
  }

  /** The network's finds in pictures searched at one size, in pixels of that size. */
  List<List<Detection>> search(List<RgbImage> images, SearchSize size) {
    int width = size.width();
    int height = size.height();
    int each = width * height * RgbImage.CHANNELS;
    byte[] data = new byte[Math.multiplyExact(each, images.size())];
    for (int i = 0; i < images.size(); i++) {
      RgbImage scaled = size.scale(images.get(i));
      System.arraycopy(scaled.data(), 0, data, i * each, each);
    }
    NamedTensor pictures =
        new NamedTensor(new Values.Bytes(data), images.size(), height, width, RgbImage.CHANNELS);
    Map<String, NamedTensor> outputs = run(pictures, images.size());
    Anchors anchors = Anchors.of(width, height);
    List<List<Detection>> found = new ArrayList<>(images.size());
    for (int i = 0; i < images.size(); i++) {
      found.add(
          new Answers(
                  anchors,
                  rows(outputs.get(BOXES), i, 4 * anchors.count(), images.size()),
                  rows(outputs.get(CLASSES), i, 2 * anchors.count(), images.size()),
                  rows(outputs.get(POINTS), i, 2 * Face.LANDMARKS * anchors.count(), images.size()))
              .faces(settings.minConfidence()));
    }
    return found;
  }

  private Map<String, NamedTensor> run(NamedTensor pictures, int rows) {
    Map<String, NamedTensor> inputs = Map.of(model.manifest().input().name(), pictures);
    try {
      return models.use(model, m -> m.runAlone(rows, inputs, Set.of(BOXES, CLASSES, POINTS)));
    } catch (ModelException e) {
      throw new DetectionException(
          Reason.ERROR, "The face detector cannot be used: " + e.getMessage(), e);
    }
  }

  private static float[] rows(NamedTensor tensor, int image, int each, int images) {
    float[] values = tensor.values().floats();
    if (values.length != each * images) {
      throw new DetectionException(
          Reason.ERROR, "The face detector's model is not one of RetinaFace.");
    }
    return Arrays.copyOfRange(values, image * each, (image + 1) * each);
  }
}
