package org.touchstone.models;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.Modality;

/** The purpose of a model, with the manifest fields of that purpose. */
public sealed interface ModelRole {
  /** The role's name in a manifest. */
  String code();

  /** The role's name for people, one or two words. */
  String title();

  /** What it needs to run on; a GPU runs all. */
  default Compute compute() {
    return Compute.CPU;
  }

  /** The tracks of a medium whose detectors may use the model. */
  Set<Modality> tracks();

  /** Names of the output tensors that the role reads, if the manifest names them. */
  List<String> outputs();

  /**
   * A detector's model: it gives scores.
   *
   * @param pipeline how the model is run
   * @param options options of the pipeline
   * @param output the tensor of the score
   * @param heatmap the tensor that shows which parts of a picture raise the score
   * @param region the part of a picture it looks at
   * @param thresholds scores from which the result is "uncertain" and "fake"
   * @param category the kind of evidence it looks for
   * @param tracks the tracks it can look at
   * @param minShortEdge the least length of a picture's shorter side, pixels; 0 for any
   * @param family detectors of one family err together
   * @param reliability what was measured of it
   * @param declared what it needs to run on, if the manifest says so
   */
  record Detector(
      Pipeline pipeline,
      PipelineOptions options,
      Output output,
      Optional<Heatmap> heatmap,
      Region region,
      Thresholds thresholds,
      Category category,
      Set<Modality> tracks,
      int minShortEdge,
      Optional<String> family,
      Optional<ReliabilityTable> reliability,
      Optional<Compute> declared)
      implements ModelRole {
    public static final String CODE = "detector";

    public Detector {
      Objects.requireNonNull(pipeline, "pipeline");
      Objects.requireNonNull(options, "options");
      Objects.requireNonNull(output, "output");
      Objects.requireNonNull(heatmap, "heatmap");
      Objects.requireNonNull(region, "region");
      Objects.requireNonNull(thresholds, "thresholds");
      Objects.requireNonNull(category, "category");
      Objects.requireNonNull(family, "family");
      Objects.requireNonNull(reliability, "reliability");
      Objects.requireNonNull(declared, "declared");
      tracks = Set.copyOf(tracks);
    }

    @Override
    public String code() {
      return CODE;
    }

    @Override
    public String title() {
      return category.title();
    }

    @Override
    public Compute compute() {
      return declared.orElse(pipeline.compute());
    }

    @Override
    public List<String> outputs() {
      return heatmap
          .map(map -> List.of(output.name(), map.output()))
          .orElseGet(() -> List.of(output.name()));
    }
  }

  /**
   * A face detector: it finds the faces that detectors look at.
   *
   * @param network what runs it
   * @param searchSize longer side of the searched picture, at most, pixels; larger pictures are
   *     scaled down, and {@link #FULL_SIZE} searches all at full size
   */
  record FaceDetector(FaceNetwork network, int searchSize) implements ModelRole {
    public static final String CODE = "face-detector";

    /** A search size larger than any picture. */
    public static final int FULL_SIZE = Integer.MAX_VALUE;

    /**
     * The default search size, pixels: faces large enough to be judged can still be found at it.
     */
    static final int SEARCH_SIZE = 960;

    public FaceDetector {
      Objects.requireNonNull(network, "network");
      if (searchSize < 1) {
        throw new IllegalArgumentException("sizes are positive");
      }
    }

    @Override
    public String code() {
      return CODE;
    }

    @Override
    public String title() {
      return "Face detector";
    }

    @Override
    public Set<Modality> tracks() {
      return Set.of(Modality.IMAGE, Modality.VIDEO);
    }

    @Override
    public List<String> outputs() {
      return List.of();
    }
  }

  /**
   * Voice activity detection: it tells speech from other sound, stretch by stretch.
   *
   * @param output name of the tensor of the probability that a row holds speech, 0..1
   * @param threshold probability from which a row counts as speech
   */
  record VoiceActivity(String output, double threshold) implements ModelRole {
    public static final String CODE = "voice-activity";

    public VoiceActivity {
      Objects.requireNonNull(output, "output");
    }

    @Override
    public String code() {
      return CODE;
    }

    @Override
    public String title() {
      return "Voice activity";
    }

    /** Lips are compared with speech too. */
    @Override
    public Set<Modality> tracks() {
      return Set.of(Modality.AUDIO, Modality.VIDEO);
    }

    @Override
    public List<String> outputs() {
      return List.of(output);
    }
  }

  /**
   * Speech recognition: it turns speech into text.
   *
   * @param output name of the tensor of the tokens' scores
   * @param vocabulary which of the model's files lists the tokens, one a line
   * @param languages BCP 47 tags of the languages it knows; empty when it does not say
   * @param decoder the graph that writes the text, if that is a graph of its own; the model file is
   *     then the encoder, and the output the decoder's
   */
  record Recogniser(
      String output, String vocabulary, List<String> languages, Optional<Decoder> decoder)
      implements ModelRole {
    public static final String CODE = "recogniser";

    /** Attention heads of Whisper small; its larger ones have 16 and 20. */
    private static final int HEADS_OF_SMALL = 12;

    public Recogniser {
      Objects.requireNonNull(output, "output");
      Objects.requireNonNull(vocabulary, "vocabulary");
      Objects.requireNonNull(decoder, "decoder");
      languages = List.copyOf(languages);
    }

    @Override
    public String code() {
      return CODE;
    }

    @Override
    public String title() {
      return "Speech recogniser";
    }

    @Override
    public Set<Modality> tracks() {
      return Set.of(Modality.AUDIO);
    }

    /** Those larger than Whisper small are slower than speech on a few processors. */
    @Override
    public Compute compute() {
      return decoder.isPresent() && decoder.get().heads() > HEADS_OF_SMALL
          ? Compute.GPU
          : Compute.CPU;
    }

    /** The outputs of the model file: those of an encoder are named by {@link Decoder}. */
    @Override
    public List<String> outputs() {
      return decoder.isPresent() ? List.of() : List.of(output);
    }
  }

  /**
   * The decoder of a recogniser, as Whisper has it: it writes one token after the other, attending
   * to the encoder's answer and to what it wrote. With L layers, H heads, D features of a head, N
   * rows, P tokens before and T new ones:
   *
   * <p>The encoder gives {@code cross_key.i [N, H, D, A]} and {@code cross_value.i [N, H, A, D]}
   * for each layer i. The decoder takes them, {@code tokens [N, T]} and {@code positions [T]} of
   * int64, and {@code past_key.i} and {@code past_value.i [N, H, P, D]}. It gives the tokens'
   * scores as float32 {@code [N, T, tokens]}, and {@code key.i} and {@code value.i [N, H, P + T,
   * D]}. Keys and values are float32 or float16.
   *
   * @param file which of the model's files is its graph
   * @param layers number of layers
   * @param heads attention heads of a layer
   * @param headSize features of a head
   * @param context most tokens of a row
   * @param tokens number of different tokens, the special ones included
   */
  record Decoder(String file, int layers, int heads, int headSize, int context, int tokens) {
    public Decoder {
      Objects.requireNonNull(file, "file");
    }
  }
}
