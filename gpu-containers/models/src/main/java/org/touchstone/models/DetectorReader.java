package org.touchstone.models;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.Modality;
import org.touchstone.models.ModelRole.Detector;
import org.touchstone.models.PipelineOptions.Aggregation;
import org.touchstone.models.PipelineOptions.People;

/** Reads the manifest of a model that gives scores. */
final class DetectorReader implements RoleReader {
  /** Largest minimum face size of a manifest, pixels; a larger value is a typing error. */
  private static final int MAX_SIDE = 4096;

  /** Longest stride, frames; a larger value is a typing error. */
  private static final int MAX_STRIDE = 1024;

  private static final int MAX_PATCHES = 256;
  private static final int MAX_CLASSES = 100_000;
  private static final double MAX_MARGIN = 4;
  private static final double MAX_SCALE = 10;

  /** Most frames and faces; a larger value is a typing error. */
  private static final int MAX_LOOKS = 1024;

  /** Greatest slope and intercept of a calibration; a larger value is a typing error. */
  private static final double MAX_LOG_ODDS = 1000;

  @Override
  public Set<String> fields() {
    return Set.of(
        "input",
        "inputs",
        "extraInputs",
        "extraOutputs",
        "states",
        "pipeline",
        "options",
        "output",
        "heatmap",
        "region",
        "thresholds",
        "category",
        "tracks",
        "minShortEdge",
        "family",
        "reliability",
        "compute");
  }

  @Override
  public List<Input> inputs(ManifestFields top) {
    return new InputReader(pipeline(top).resampling()).inputs(top);
  }

  @Override
  public Detector role(ManifestFields top, List<Input> inputs, Set<String> files) {
    Pipeline pipeline = pipeline(top);
    if (!fits(inputs.getFirst(), pipeline)) {
      throw ManifestFields.bad("input.layout", "is not what the pipeline gives");
    }
    if (inputs.size() > 1 && pipeline != Pipeline.SOUND) {
      throw ManifestFields.bad("inputs", "must be a single input for a pipeline of pictures");
    }
    if (pipeline == Pipeline.GENCONVIT
        && inputs.getFirst() instanceof Input.Visual picture
        && picture.preparation().resize().isPresent()) {
      throw ManifestFields.bad("input.resize", "does not go with pipeline genconvit");
    }
    Output output = output(top.object("output"));
    return new Detector(
        pipeline,
        options(top.optionalObject("options"), pipeline),
        output,
        heatmap(top.optionalObject("heatmap"), pipeline, output),
        region(top.optionalObject("region"), pipeline),
        thresholds(top, output),
        top.choice("category", Category.class, null),
        tracks(top, pipeline),
        minShortEdge(top, pipeline),
        family(top),
        ReliabilityReader.read(top.optionalObject("reliability")),
        compute(top));
  }

  private static int minShortEdge(ManifestFields top, Pipeline pipeline) {
    if (pipeline == Pipeline.SOUND && top.isGiven("minShortEdge")) {
      throw ManifestFields.bad("minShortEdge", "goes with pictures");
    }
    return top.integer("minShortEdge", 1, MAX_SIDE, 0);
  }

  private static Optional<String> family(ManifestFields top) {
    return top.isGiven("family")
        ? Optional.of(top.matching("family", ModelManifest.NAME))
        : Optional.empty();
  }

  private static Optional<Compute> compute(ManifestFields top) {
    return top.isGiven("compute")
        ? Optional.of(top.choice("compute", Compute.class, null))
        : Optional.empty();
  }

  private static Pipeline pipeline(ManifestFields top) {
    return top.choice("pipeline", Pipeline.class, Pipeline.FRAMES);
  }

  private static boolean fits(Input input, Pipeline pipeline) {
    return switch (input) {
      case Input.Picture picture ->
          pipeline != Pipeline.ALIGNED_CLIPS && pipeline != Pipeline.SOUND;
      case Input.Clip clip -> pipeline == Pipeline.FRAMES || pipeline == Pipeline.ALIGNED_CLIPS;
      case Input.Waveform sound -> pipeline == Pipeline.SOUND;
      case Input.Spectrum sound -> false;
    };
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
    return new PipelineOptions(
        aggregation,
        fields.choice("people", People.class, people),
        stride,
        fields.integer("frames", 1, MAX_LOOKS, otherwise.frames()));
  }

  private static Output output(ManifestFields fields) {
    fields.allow(Set.of("name", "activation", "fakeIndex", "calibration", "threshold"));
    Activation activation = fields.choice("activation", Activation.class, null);
    return new Output(
        fields.text("name"),
        activation,
        fields.integer("fakeIndex", 0, MAX_CLASSES, 0),
        calibration(fields.optionalObject("calibration"), activation),
        fields.isGiven("threshold")
            ? OptionalDouble.of(fields.number("threshold", 0, 1, null))
            : OptionalDouble.empty());
  }

  private static Optional<Output.Calibration> calibration(
      ManifestFields fields, Activation activation) {
    if (fields == null) {
      return Optional.empty();
    }
    if (activation == Activation.NONE) {
      throw ManifestFields.bad("output.calibration", "goes with activation sigmoid or softmax");
    }
    fields.allow(Set.of("slope", "intercept"));
    double slope = fields.number("slope", -MAX_LOG_ODDS, MAX_LOG_ODDS, null);
    if (slope == 0) {
      throw ManifestFields.bad("output.calibration.slope", "must not be 0");
    }
    return Optional.of(
        new Output.Calibration(
            slope, fields.number("intercept", -MAX_LOG_ODDS, MAX_LOG_ODDS, 0.0)));
  }

  private static Optional<Heatmap> heatmap(
      ManifestFields fields, Pipeline pipeline, Output output) {
    if (fields == null) {
      return Optional.empty();
    }
    if (pipeline != Pipeline.CLIP_VIT || output.activation() == Activation.SOFTMAX) {
      throw ManifestFields.bad("heatmap", "goes with pipeline clip-vit, and not with softmax");
    }
    fields.allow(Set.of("output", "rows", "columns"));
    return Optional.of(
        new Heatmap(
            fields.text("output"),
            fields.integer("rows", 1, MAX_PATCHES, null),
            fields.integer("columns", 1, MAX_PATCHES, null)));
  }

  private static Region region(ManifestFields fields, Pipeline pipeline) {
    boolean aligned = pipeline == Pipeline.FACE_CLASSIFIER;
    if (fields == null && !aligned) {
      return Region.FRAME;
    }
    if (fields == null) {
      throw ManifestFields.bad("region", "must be given for pipeline face-classifier");
    }
    fields.allow(
        aligned
            ? Set.of("kind", "minSize", "doubtfulBelow", "align", "size", "scale", "maxFaces")
            : Set.of("kind", "margin", "minSize"));
    Region.Kind kind = fields.choice("kind", Region.Kind.class, null);
    if (!aligned) {
      return Region.of(
          kind,
          fields.number("margin", 0, MAX_MARGIN, 0.0),
          fields.integer("minSize", 0, MAX_SIDE, 0));
    }
    if (kind != Region.Kind.FACE
        || !fields.text("align", Region.Alignment.FIVE_POINT).equals(Region.Alignment.FIVE_POINT)) {
      throw ManifestFields.bad(
          "region", "must be of kind face and align five-point for pipeline face-classifier");
    }
    return new Region(
        kind,
        0,
        fields.integer("minSize", 0, MAX_SIDE, 0),
        fields.integer("doubtfulBelow", 0, MAX_SIDE, 0),
        Optional.of(
            new Region.Alignment(
                fields.integer("size", 1, MAX_SIDE, Region.Alignment.SIZE),
                fields.number("scale", 1 / MAX_SCALE, MAX_SCALE, Region.Alignment.SCALE))),
        fields.integer("maxFaces", 1, MAX_LOOKS, Region.MAX_FACES));
  }

  /** The authors' one threshold stands for both where a manifest gives no other. */
  private static Thresholds thresholds(ManifestFields top, Output output) {
    if (!top.isGiven("thresholds") && output.threshold().isPresent()) {
      double threshold = output.threshold().getAsDouble();
      return new Thresholds(threshold, threshold);
    }
    ManifestFields fields = top.object("thresholds");
    fields.allow(Set.of("uncertain", "fake"));
    double uncertain = fields.number("uncertain", 0, 1, null);
    double fake = fields.number("fake", 0, 1, null);
    if (uncertain > fake) {
      throw ManifestFields.bad("thresholds.uncertain", "must not exceed thresholds.fake");
    }
    return new Thresholds(uncertain, fake);
  }

  private static Set<Modality> tracks(ManifestFields top, Pipeline pipeline) {
    Set<Modality> tracks = EnumSet.noneOf(Modality.class);
    for (String name : top.texts("tracks")) {
      tracks.add(ManifestFields.constant("tracks", name, Modality.class));
    }
    if (tracks.isEmpty()) {
      throw ManifestFields.bad("tracks", "must name at least one track");
    }
    boolean sound = pipeline == Pipeline.SOUND;
    if (sound != tracks.contains(Modality.AUDIO) || sound && tracks.size() > 1) {
      throw ManifestFields.bad(
          "tracks",
          sound
              ? "must be audio for a model that takes sound"
              : "must be image, video or both for a model that takes pictures");
    }
    return tracks;
  }
}
