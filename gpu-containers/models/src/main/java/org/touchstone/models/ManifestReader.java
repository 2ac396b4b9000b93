package org.touchstone.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.models.ModelManifest.Activation;
import org.touchstone.models.ModelManifest.Heatmap;
import org.touchstone.models.ModelManifest.Output;
import org.touchstone.models.ModelManifest.Region;
import org.touchstone.models.ModelManifest.RegionKind;
import org.touchstone.models.ModelManifest.Thresholds;
import org.touchstone.models.PipelineOptions.Aggregation;
import org.touchstone.models.PipelineOptions.People;

/**
 * Reads {@code model.json} strictly: an organisation's typing error should not become a default.
 */
final class ManifestReader {
  private static final Set<String> COMMON =
      Set.of(
          "name",
          "version",
          "licence",
          "engine",
          "files",
          "modelFile",
          "role",
          "input",
          "options",
          "memoryPerRow",
          "trainedOn",
          "calibratedOn");

  private static final Set<String> OF_DETECTORS =
      Set.of(
          "pipeline",
          "extraInputs",
          "output",
          "heatmap",
          "region",
          "thresholds",
          "category",
          "tracks");

  /** Largest face or picture that a model may ask for, pixels; more is a typing error. */
  private static final int MAX_SIDE = 4096;

  /** Pixels of a picture in which faces could still be told; fewer are a typing error. */
  private static final int MIN_SEARCH_SIZE = 64;

  /** Longest stride; more is a typing error. */
  private static final int MAX_STRIDE = 1024;

  private static final int MAX_PATCHES = 256;
  private static final double MAX_MEMORY = 1L << 40;

  private static final int MAX_CLASSES = 100_000;
  private static final double MAX_MARGIN = 4;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  private ManifestReader() {}

  static ModelManifest read(JsonNode root) {
    ManifestFields top = new ManifestFields(root, "");
    ModelRole role = top.choice("role", ModelRole.class, ModelRole.DETECTOR);
    boolean detector = role == ModelRole.DETECTOR;
    Set<String> allowed = new HashSet<>(COMMON);
    if (detector) {
      allowed.addAll(OF_DETECTORS);
    }
    top.allow(allowed);
    Map<String, String> files = files(top.object("files"));
    String modelFile = top.text("modelFile", "model.onnx");
    if (!files.containsKey(modelFile)) {
      throw ManifestFields.bad("files", "does not list " + modelFile);
    }
    Pipeline pipeline = top.choice("pipeline", Pipeline.class, Pipeline.FRAMES);
    Output output = detector ? output(top.object("output")) : null;
    return new ModelManifest(
        top.matching("name", ModelManifest.NAME),
        top.matching("version", ModelManifest.VERSION),
        top.text("licence"),
        engine(top),
        files,
        modelFile,
        role,
        pipeline,
        detector
            ? options(top.optionalObject("options"), pipeline)
            : faceDetectorOptions(top.optionalObject("options")),
        InputReader.input(top.object("input"), pipeline, detector),
        InputReader.extraInputs(top),
        output,
        heatmap(top.optionalObject("heatmap"), pipeline, output),
        region(top.optionalObject("region")),
        detector ? thresholds(top.object("thresholds")) : null,
        detector ? top.choice("category", Category.class, null) : null,
        detector ? tracks(top) : Set.of(),
        (long) top.number("memoryPerRow", 1, MAX_MEMORY, 0.0),
        top.texts("trainedOn"),
        top.texts("calibratedOn"));
  }

  private static String engine(ManifestFields top) {
    String engine = top.text("engine");
    if (!engine.equals(ModelManifest.ONNX_RUNTIME)) {
      throw ManifestFields.bad("engine", "must be " + ModelManifest.ONNX_RUNTIME);
    }
    return engine;
  }

  private static Map<String, String> files(ManifestFields fields) {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : fields.names()) {
      if (!FILE.matcher(name).matches() || name.equals(ModelManifest.FILE_NAME)) {
        throw ManifestFields.bad("files", "has a name that is no plain file name");
      }
      files.put(name, fields.matching(name, SHA256));
    }
    return files;
  }

  private static PipelineOptions options(ManifestFields fields, Pipeline pipeline) {
    PipelineOptions otherwise = PipelineOptions.of(pipeline);
    if (fields == null) {
      return otherwise;
    }
    fields.allow(pipeline.options());
    Aggregation aggregation =
        fields.choice("aggregation", Set.copyOf(pipeline.aggregations()), otherwise.aggregation());
    People people = aggregation == Aggregation.REFERENCE ? People.MEAN : otherwise.people();
    int stride =
        fields.isText("stride") && fields.text("stride").equals("budget")
            ? PipelineOptions.BUDGET
            : fields.integer("stride", 1, MAX_STRIDE, otherwise.stride());
    return new PipelineOptions(aggregation, fields.choice("people", People.class, people), stride);
  }

  private static PipelineOptions faceDetectorOptions(ManifestFields fields) {
    PipelineOptions otherwise = PipelineOptions.of(Pipeline.FRAMES);
    if (fields == null) {
      return otherwise;
    }
    fields.allow(Set.of("searchSize"));
    int size =
        fields.isText("searchSize") && fields.text("searchSize").equals("full")
            ? PipelineOptions.FULL_SIZE
            : fields.integer("searchSize", MIN_SEARCH_SIZE, MAX_SIDE, otherwise.searchSize());
    return new PipelineOptions(
        otherwise.aggregation(), otherwise.people(), otherwise.stride(), size);
  }

  private static Output output(ManifestFields fields) {
    fields.allow(Set.of("name", "activation", "fakeIndex"));
    return new Output(
        fields.text("name"),
        fields.choice("activation", Activation.class, null),
        fields.integer("fakeIndex", 0, MAX_CLASSES, 0));
  }

  private static Heatmap heatmap(ManifestFields fields, Pipeline pipeline, Output output) {
    if (fields == null) {
      return null;
    }
    if (pipeline != Pipeline.CLIP_VIT || output.activation() == Activation.SOFTMAX) {
      throw ManifestFields.bad("heatmap", "goes with pipeline clip-vit, and not with softmax");
    }
    fields.allow(Set.of("output", "rows", "columns"));
    return new Heatmap(
        fields.text("output"),
        fields.integer("rows", 1, MAX_PATCHES, null),
        fields.integer("columns", 1, MAX_PATCHES, null));
  }

  private static Region region(ManifestFields fields) {
    if (fields == null) {
      return new Region(RegionKind.FRAME, 0, 0);
    }
    fields.allow(Set.of("kind", "margin", "minSize"));
    return new Region(
        fields.choice("kind", RegionKind.class, null),
        fields.number("margin", 0, MAX_MARGIN, 0.0),
        fields.integer("minSize", 0, MAX_SIDE, 0));
  }

  private static Thresholds thresholds(ManifestFields fields) {
    fields.allow(Set.of("uncertain", "fake"));
    double uncertain = fields.number("uncertain", 0, 1, null);
    double fake = fields.number("fake", 0, 1, null);
    if (uncertain > fake) {
      throw ManifestFields.bad("thresholds.uncertain", "must not exceed thresholds.fake");
    }
    return new Thresholds(uncertain, fake);
  }

  private static Set<Modality> tracks(ManifestFields top) {
    Set<Modality> tracks = EnumSet.noneOf(Modality.class);
    for (String name : top.texts("tracks")) {
      tracks.add(ManifestFields.constant("tracks", name, Modality.class));
    }
    if (tracks.isEmpty()) {
      throw ManifestFields.bad("tracks", "must name at least one track");
    }
    if (tracks.contains(Modality.AUDIO)) {
      throw ManifestFields.bad(
          "tracks", "must be image, video or both for a model that takes pictures");
    }
    return tracks;
  }
}
