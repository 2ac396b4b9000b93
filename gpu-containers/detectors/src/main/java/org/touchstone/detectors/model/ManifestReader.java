package org.touchstone.detectors.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.touchstone.detectors.model.ModelManifest.Activation;
import org.touchstone.detectors.model.ModelManifest.Fit;
import org.touchstone.detectors.model.ModelManifest.Input;
import org.touchstone.detectors.model.ModelManifest.Layout;
import org.touchstone.detectors.model.ModelManifest.Output;
import org.touchstone.detectors.model.ModelManifest.Region;
import org.touchstone.detectors.model.ModelManifest.RegionKind;
import org.touchstone.detectors.model.ModelManifest.Thresholds;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;

/**
 * Reads {@code model.json} strictly: an organisation's typing error should not become a default.
 */
final class ManifestReader {
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "version",
          "licence",
          "engine",
          "files",
          "modelFile",
          "input",
          "output",
          "region",
          "thresholds",
          "category",
          "tracks",
          "trainedOn",
          "calibratedOn");

  /** Largest side of an input, pixels, and most frames of a clip; beyond it is a typing error. */
  private static final int MAX_SIDE = 4096;

  private static final int MAX_FRAMES = 1024;
  private static final int MAX_CLASSES = 100_000;
  private static final int MAX_TEXT = 200;
  private static final double MAX_MARGIN = 4;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  private ManifestReader() {}

  static ModelManifest read(JsonNode root) {
    Fields top = new Fields(root, "").allow(FIELDS);
    Map<String, String> files = files(top.object("files"));
    String modelFile = top.text("modelFile", "model.onnx");
    if (!files.containsKey(modelFile)) {
      throw Fields.bad("files", "does not list " + modelFile);
    }
    Region region = region(top.optionalObject("region"));
    Set<Modality> tracks = tracks(top);
    return new ModelManifest(
        top.matching("name", ModelManifest.NAME),
        top.matching("version", ModelManifest.VERSION),
        top.text("licence"),
        engine(top),
        files,
        modelFile,
        input(top.object("input")),
        output(top.object("output")),
        region,
        thresholds(top.object("thresholds")),
        top.choice("category", Category.class, null),
        tracks,
        top.texts("trainedOn"),
        top.texts("calibratedOn"));
  }

  private static String engine(Fields top) {
    String engine = top.text("engine");
    if (!engine.equals(ModelManifest.ONNX_RUNTIME)) {
      throw Fields.bad("engine", "must be " + ModelManifest.ONNX_RUNTIME);
    }
    return engine;
  }

  private static Map<String, String> files(Fields fields) {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : fields.names()) {
      if (!FILE.matcher(name).matches() || name.equals(ModelManifest.FILE_NAME)) {
        throw Fields.bad("files", "has a name that is no plain file name");
      }
      files.put(name, fields.matching(name, SHA256));
    }
    return files;
  }

  private static Input input(Fields fields) {
    fields.allow(Set.of("name", "layout", "dtype", "height", "width", "frames", "fit"));
    if (!fields.text("dtype").equals("uint8")) {
      throw Fields.bad("input.dtype", "must be uint8");
    }
    Layout layout = fields.choice("layout", Layout.class, null);
    int frames = fields.integer("frames", 1, MAX_FRAMES, 1);
    if (layout == Layout.NHWC && frames != 1) {
      throw Fields.bad("input.frames", "goes with layout NTHWC only");
    }
    return new Input(
        fields.text("name"),
        layout,
        fields.integer("height", 1, MAX_SIDE, null),
        fields.integer("width", 1, MAX_SIDE, null),
        frames,
        fields.choice("fit", Fit.class, Fit.STRETCH));
  }

  private static Output output(Fields fields) {
    fields.allow(Set.of("name", "activation", "fakeIndex"));
    return new Output(
        fields.text("name"),
        fields.choice("activation", Activation.class, null),
        fields.integer("fakeIndex", 0, MAX_CLASSES, 0));
  }

  private static Region region(Fields fields) {
    if (fields == null) {
      return new Region(RegionKind.FRAME, 0, 0);
    }
    fields.allow(Set.of("kind", "margin", "minSize"));
    return new Region(
        fields.choice("kind", RegionKind.class, null),
        fields.number("margin", 0, MAX_MARGIN, 0.0),
        fields.integer("minSize", 0, MAX_SIDE, 0));
  }

  private static Thresholds thresholds(Fields fields) {
    fields.allow(Set.of("uncertain", "fake"));
    double uncertain = fields.number("uncertain", 0, 1, null);
    double fake = fields.number("fake", 0, 1, null);
    if (uncertain > fake) {
      throw Fields.bad("thresholds.uncertain", "must not exceed thresholds.fake");
    }
    return new Thresholds(uncertain, fake);
  }

  private static Set<Modality> tracks(Fields top) {
    Set<Modality> tracks = EnumSet.noneOf(Modality.class);
    for (String name : top.texts("tracks")) {
      tracks.add(Fields.constant("tracks", name, Modality.class));
    }
    if (tracks.isEmpty()) {
      throw Fields.bad("tracks", "must name at least one track");
    }
    if (tracks.contains(Modality.AUDIO)) {
      throw Fields.bad("tracks", "must be image, video or both for a model that takes pictures");
    }
    return tracks;
  }

  /** The fields of one JSON object, each checked as it is read. */
  private record Fields(JsonNode node, String prefix) {
    Fields {
      if (node == null || !node.isObject()) {
        throw new ModelException(
            "model.json: "
                + (prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1) + " ")
                + "must be an object");
      }
    }

    Fields allow(Set<String> allowed) {
      for (String name : names()) {
        if (!allowed.contains(name)) {
          throw bad(prefix + shortened(name), "is unknown; known are " + new TreeSet<>(allowed));
        }
      }
      return this;
    }

    List<String> names() {
      return List.copyOf(node.propertyStream().map(Map.Entry::getKey).toList());
    }

    Fields object(String name) {
      return new Fields(node.path(name), prefix + name + ".");
    }

    Fields optionalObject(String name) {
      return node.hasNonNull(name) ? object(name) : null;
    }

    String text(String name) {
      return text(name, null);
    }

    String text(String name, String otherwise) {
      JsonNode value = node.path(name);
      if (value.isMissingNode() && otherwise != null) {
        return otherwise;
      }
      if (!value.isTextual()
          || value.textValue().isBlank()
          || value.textValue().length() > MAX_TEXT) {
        throw bad(prefix + name, "must be a text of 1 to " + MAX_TEXT + " characters");
      }
      return value.textValue();
    }

    String matching(String name, Pattern pattern) {
      String value = text(name);
      if (!pattern.matcher(value).matches()) {
        throw bad(prefix + name, "must match " + pattern);
      }
      return value;
    }

    List<String> texts(String name) {
      JsonNode values = node.path(name);
      if (values.isMissingNode()) {
        return List.of();
      }
      if (!values.isArray() || !values.valueStream().allMatch(JsonNode::isTextual)) {
        throw bad(prefix + name, "must be a list of texts");
      }
      return values.valueStream().map(JsonNode::textValue).toList();
    }

    int integer(String name, int min, int max, Integer otherwise) {
      JsonNode value = node.path(name);
      if (!node.hasNonNull(name) && otherwise != null) {
        return otherwise;
      }
      if (!value.isIntegralNumber() || !value.canConvertToInt()) {
        throw bad(prefix + name, "must be a whole number");
      }
      if (value.intValue() < min || value.intValue() > max) {
        throw bad(prefix + name, "must be between " + min + " and " + max);
      }
      return value.intValue();
    }

    double number(String name, double min, double max, Double otherwise) {
      JsonNode value = node.path(name);
      if (!node.hasNonNull(name) && otherwise != null) {
        return otherwise;
      }
      if (!value.isNumber() || !(value.doubleValue() >= min && value.doubleValue() <= max)) {
        throw bad(prefix + name, "must be a number between " + min + " and " + max);
      }
      return value.doubleValue();
    }

    <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
      if (!node.hasNonNull(name) && otherwise != null) {
        return otherwise;
      }
      return constant(prefix + name, text(name), type);
    }

    static <E extends Enum<E>> E constant(String field, String value, Class<E> type) {
      for (E constant : type.getEnumConstants()) {
        if (constant.name().replace('_', '-').equalsIgnoreCase(value)) {
          return constant;
        }
      }
      throw bad(field, "must be one of " + List.of(type.getEnumConstants()));
    }

    static ModelException bad(String field, String what) {
      return new ModelException("model.json: " + field + " " + what);
    }

    private static String shortened(String name) {
      return name.length() <= MAX_TEXT ? name : name.substring(0, MAX_TEXT);
    }
  }
}
