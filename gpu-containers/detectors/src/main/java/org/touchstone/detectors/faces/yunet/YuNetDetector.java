package org.touchstone.detectors.faces.yunet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.SearchSize;
import org.touchstone.detectors.inference.NamedTensor;
import org.touchstone.detectors.inference.OnnxModel;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.Rows;
import org.touchstone.detectors.inference.Values;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.models.Input;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;

/**
 * YuNet by an installed model (Wu et al., "YuNet: A Tiny Millisecond-level Face Detector", Machine
 * Intelligence Research 2023), the file that opencv_zoo publishes. It accepts one picture at a
 * time, {@code float32 [1, 3, height, width]}: blue, green, red, 0..255, black at the right and
 * below up to a multiple of {@value #STEP}. For each stride of 8, 16 and 32 pixels it gives {@code
 * cls_STRIDE [1, C, 1]}, {@code obj_STRIDE [1, C, 1]}, {@code bbox_STRIDE [1, C, 4]} and {@code
 * kps_STRIDE [1, C, 10]} for {@code C} cells. The finds are those of OpenCV's {@code
 * FaceDetectorYN}.
 *
 * <p>Larger pictures are searched at a smaller size, as the cost grows with their pixels. The
 * network was trained on faces of 10 to {@value #LARGEST_FACE} pixels. So larger ones are searched
 * for once more at a third of the size, for a ninth of the cost, and so on.
 */
public final class YuNetDetector implements FaceDetector {
  /** Pixels of the network's coarsest step, of which the sides of its input are multiples. */
  private static final int STEP = 32;

  private static final int[] STRIDES = {8, 16, STEP};

  private static final String CLASSES = "cls_";
  private static final String OBJECTS = "obj_";
  private static final String BOXES = "bbox_";
  private static final String POINTS = "kps_";
  private static final Set<String> OUTPUTS = outputs();

  /** Largest face that the network was trained on, pixels. */
  private static final int LARGEST_FACE = 300;

  /** How much smaller the picture is in which larger faces are searched for. */
  private static final int SHRINKING = 3;

  /** Shortest longer side of such a picture, pixels: in smaller ones hardly a face is too large. */
  private static final int MIN_SIDE = LARGEST_FACE / 2;

  private final InstalledModel model;
  private final OnnxModels models;
  private final Settings settings;

  public YuNetDetector(InstalledModel model, OnnxModels models, Settings settings) {
    this.model = Objects.requireNonNull(model, "model");
    this.models = Objects.requireNonNull(models, "models");
    this.settings = Objects.requireNonNull(settings, "settings");
  }

  /**
   * The settings of a search.
   *
   * @param minConfidence confidence from which a find is a face
   * @param maxSide longest side of a searched picture, pixels; larger pictures are scaled down
   */
  public record Settings(double minConfidence, int maxSide) {
    /**
     * The bound of opencv_zoo's own class ({@code yunet.py}). OpenCV's {@code
     * FaceDetectorYN.create} has 0.9 unless told otherwise, at which faces of press photographs are
     * lost.
     */
    private static final double MIN_CONFIDENCE = 0.6;

    /**
     * Longest side, pixels, even if a manifest asks for the full size: beyond, the network's input
     * alone would take hundreds of megabytes.
     */
    private static final int MAX_SIDE = 4096;

    /** A manifest's settings, with opencv_zoo's bound. */
    public static Settings of(ModelRole.FaceDetector role) {
      return new Settings(MIN_CONFIDENCE, Math.min(role.searchSize(), MAX_SIDE));
    }
  }

  private static Set<String> outputs() {
    Set<String> names = new TreeSet<>();
    for (int stride : STRIDES) {
      for (String output : List.of(CLASSES, OBJECTS, BOXES, POINTS)) {
        names.add(output + stride);
      }
    }
    return Set.copyOf(names);
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
  public List<Face> detect(RgbImage image) {
    SearchSize size = within(image, settings.maxSide());
    List<Find> finds = new ArrayList<>(search(size.scale(image)));
    int side = Math.max(size.width(), size.height()) / SHRINKING;
    for (int larger = LARGEST_FACE; side >= MIN_SIDE; larger *= SHRINKING, side /= SHRINKING) {
      finds.addAll(larger(image, size, side, larger));
    }
    return Find.distinct(finds).stream()
        .flatMap(find -> size.face(find.box(), find.score(), find.landmarks()).stream())
        .toList();
  }

  /** The size to search at; a model with an input of fixed size bounds it too. */
  private SearchSize within(RgbImage image, int maxSide) {
    return fixed()
        .map(
            input ->
                SearchSize.within(
                    image, Math.min(maxSide, input.width()), Math.min(maxSide, input.height())))
        .orElseGet(() -> SearchSize.of(image, maxSide));
  }

  private Optional<Input.Visual> fixed() {
    return model.manifest().visual().filter(Input::hasFixedSize);
  }

  /**
   * Finds in a smaller picture, in pixels of the searched size.
   *
   * @param side longer side of the smaller picture
   * @param largest size beyond which a face was too large for the network before
   */
  private List<Find> larger(RgbImage image, SearchSize size, int side, int largest) {
    SearchSize small = within(image, side);
    double factorX = (double) size.width() / small.width();
    double factorY = (double) size.height() / small.height();
    return search(small.scale(image)).stream()
        .map(find -> find.times(factorX, factorY))
        .filter(find -> find.longerSide() > largest)
        .toList();
  }

  /** The network's finds in a picture, in its pixels; a face may be found several times. */
  List<Find> search(RgbImage picture) {
    int width = fixed().map(Input.Visual::width).orElse(nextStep(picture.width()));
    int height = fixed().map(Input.Visual::height).orElse(nextStep(picture.height()));
    Map<String, Values> outputs = run(planes(picture, width, height), width, height);
    List<Find> finds = new ArrayList<>();
    for (int stride : STRIDES) {
      int columns = width / stride;
      int cells = columns * (height / stride);
      finds.addAll(
          new Grid(
                  stride,
                  columns,
                  values(outputs.get(CLASSES + stride), cells),
                  values(outputs.get(OBJECTS + stride), cells),
                  values(outputs.get(BOXES + stride), Grid.BOX * cells),
                  values(outputs.get(POINTS + stride), Grid.POINTS * cells))
              .finds(settings.minConfidence()));
    }
    return finds;
  }

  private static int nextStep(int pixels) {
    return Math.ceilDiv(pixels, STEP) * STEP;
  }

  private static float[] planes(RgbImage picture, int width, int height) {
    int plane = width * height;
    float[] planes = new float[Math.multiplyExact(RgbImage.CHANNELS, plane)];
    byte[] data = picture.data();
    int from = 0;
    for (int y = 0; y < picture.height(); y++) {
      int to = y * width;
      for (int x = 0; x < picture.width(); x++) {
        planes[2 * plane + to] = data[from++] & 0xff;
        planes[plane + to] = data[from++] & 0xff;
        planes[to++] = data[from++] & 0xff;
      }
    }
    return planes;
  }

  private Map<String, Values> run(float[] planes, int width, int height) {
    Values values = new Values.Floats(planes);
    try {
      return models.use(
          model, m -> fixed().isPresent() ? together(m, values) : alone(m, values, width, height));
    } catch (ModelException e) {
      throw new DetectionException(
          Reason.ERROR, "The face detector cannot be used: " + e.getMessage(), e);
    }
  }

  private Map<String, Values> alone(OnnxModel loaded, Values values, int width, int height) {
    NamedTensor picture = new NamedTensor(values, 1, RgbImage.CHANNELS, height, width);
    Map<String, NamedTensor> inputs = Map.of(model.manifest().input().name(), picture);
    Map<String, Values> outputs = new HashMap<>();
    loaded
        .runAlone(1, inputs, OUTPUTS)
        .forEach((name, tensor) -> outputs.put(name, tensor.values()));
    return outputs;
  }

  private Map<String, Values> together(OnnxModel loaded, Values values) {
    Map<String, Values> outputs = new HashMap<>();
    loaded
        .run(Rows.of(model.manifest(), values, 1), OUTPUTS)
        .forEach((name, rows) -> outputs.put(name, new Values.Floats(rows[0])));
    return outputs;
  }

  private static float[] values(Values values, int count) {
    if (!(values instanceof Values.Floats floats) || floats.count() != count) {
      throw new DetectionException(Reason.ERROR, "The face detector's model is not one of YuNet.");
    }
    return floats.data();
  }
}
