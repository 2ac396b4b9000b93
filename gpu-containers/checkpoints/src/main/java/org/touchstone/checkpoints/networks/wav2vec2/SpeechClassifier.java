package org.touchstone.checkpoints.networks.wav2vec2;

import java.util.Objects;
import java.util.regex.Pattern;
import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.networks.ManifestDraft;
import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.onnx.Dim;
import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.models.Activation;
import org.touchstone.models.Pipeline;
import org.touchstone.models.Windowing;

/**
 * A classifier of speech: wav2vec 2.0, the mean of its frames, and one or two linear layers.
 *
 * <p>Input {@code waveform}: float32 {@code [N, samples]}, one channel at 16 kHz, -1 to 1, at least
 * 400 samples. Output {@code logits}, float32, {@code [N, 2]}.
 *
 * @param encoder wav2vec 2.0
 * @param head what is laid on the mean
 * @param normalised whether a waveform is first scaled to mean 0 and variance 1. Tensors do not
 *     show it; the feature extractors of nearly all published models say so
 */
record SpeechClassifier(SpeechTransformer encoder, Head head, boolean normalised)
    implements NetworkVariant {
  private static final int CLASSES = 2;
  private static final int SAMPLE_RATE = 16_000;

  /** Samples of a window, 4.04 seconds, the length that detectors of synthetic speech agree on. */
  private static final int WINDOW = 64_600;

  /** The epsilon of Hugging Face's feature extractor. */
  private static final double EPSILON = 1e-7;

  private static final int PROJECTED = 256;

  /** The token that hides frames in training. */
  private static final Pattern UNUSED = Pattern.compile("^wav2vec2\\.masked_spec_embed$");

  SpeechClassifier {
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(head, "head");
  }

  /** The published heads. */
  sealed interface Head {
    /** Scores {@code [N, in]} as {@code [N, 2]}. */
    Value of(Layers layers, Value mean, int in);

    /** Which of the two classes is fake; tensors do not show it. */
    int fake();
  }

  /**
   * Hugging Face's classifier of sequences. Its projection of each frame is linear, so that it is
   * laid on the mean instead. The second class is fake.
   *
   * @param width between its two layers
   */
  record Projector(int width) implements Head {
    @Override
    public Value of(Layers layers, Value mean, int in) {
      Value projected = layers.linear(mean, "projector", in, width);
      return layers.linear(projected, "classifier", width, CLASSES);
    }

    @Override
    public int fake() {
      return 1;
    }
  }

  /** One layer. The first class is fake, as in NII's AntiDeepfake models. */
  record Linear() implements Head {
    @Override
    public Value of(Layers layers, Value mean, int in) {
      return layers.linear(mean, "classifier", in, CLASSES);
    }

    @Override
    public int fake() {
      return 0;
    }
  }

  /** The transformer and the head that the checkpoint holds. */
  static SpeechClassifier of(StateDict weights) {
    SpeechTransformer encoder = SpeechTransformer.of(weights);
    boolean linear =
        weights.shape("projector.weight").isEmpty()
            && weights.size("classifier.weight", 1, 0) == encoder.width();
    Head head =
        linear ? new Linear() : new Projector(weights.size("projector.weight", 0, PROJECTED));
    return new SpeechClassifier(encoder, head, true);
  }

  @Override
  public OnnxGraph graph(StateDict weights, OnnxType type) {
    weights.ignore(UNUSED);
    OnnxGraph graph = new OnnxGraph("wav2vec2");
    Layers layers = new Layers(graph, weights, SpeechTransformer.PREFIX);
    Ops ops = layers.ops();
    Value x = graph.input("waveform", OnnxType.FLOAT32, Dim.BATCH, Dim.named("samples"));
    if (normalised) {
      x = layers.stage("waveform", normalised(ops, x));
    }
    Value hidden = encoder.of(layers, ops.cast(x, type));
    Value mean = layers.stage("mean", ops.mean(ops.cast(hidden, OnnxType.FLOAT32), 1));
    Value logits = head.of(new Layers(graph, weights), mean, encoder.width());
    graph.output("logits", logits, Dim.BATCH, Dim.of(CLASSES));
    return graph;
  }

  private static Value normalised(Ops ops, Value x) {
    Value centred = ops.sub(x, ops.rowMean(x));
    Value variance = ops.rowMean(ops.mul(centred, centred));
    Value epsilon = ops.graph().scalar(OnnxType.FLOAT32, EPSILON);
    return ops.div(centred, ops.sqrt(ops.add(variance, epsilon)));
  }

  @Override
  public void describe(ManifestDraft manifest) {
    manifest.pipeline(Pipeline.SOUND);
    manifest.memoryPerRow(85, 0);
    manifest.sound(SAMPLE_RATE, WINDOW, Windowing.Padding.REPEAT);
    manifest.logits(Activation.SOFTMAX, head.fake());
    manifest.threshold(0.5);
    manifest.family("wav2vec2");
    manifest.looksFor(Category.VOICE, Modality.AUDIO);
  }
}
