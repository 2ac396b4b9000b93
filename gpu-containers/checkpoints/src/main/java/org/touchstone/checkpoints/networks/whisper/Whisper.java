package org.touchstone.checkpoints.networks.whisper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.networks.ManifestDraft;
import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.onnx.Attribute;
import org.touchstone.checkpoints.onnx.Dim;
import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.onnx.Window;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;
import org.touchstone.checkpoints.tensor.Weight;
import org.touchstone.models.ModelRole;

/**
 * Whisper ("Robust Speech Recognition via Large-Scale Weak Supervision", Radford et al. 2022): an
 * encoder of log-mel spectra, and a decoder that writes text. The encoder's graph also makes the
 * keys and values that the decoder's layers attend to, which are the same for every token.
 *
 * @param names the tensors' names
 * @param bands mel bands
 * @param audioContext positions of the encoder's answer, one for two frames of the spectrum
 * @param width of a position and of a token
 * @param heads attention heads of a layer
 * @param audioLayers layers of the encoder
 * @param textContext most tokens of a text
 * @param textLayers layers of the decoder
 * @param tokens number of different tokens
 */
record Whisper(
    TensorNames names,
    int bands,
    int audioContext,
    int width,
    int heads,
    int audioLayers,
    int textContext,
    int textLayers,
    int tokens)
    implements NetworkVariant {
  static final String DECODER_FILE = "decoder.onnx";
  private static final String VOCABULARY_FILE = "vocabulary.txt";

  /** Tied to the embedding of tokens, or no weights. */
  private static final Pattern UNUSED =
      Pattern.compile("^proj_out\\.weight$|^alignment_heads$|^decoder\\.mask$");

  /** Special tokens besides those of languages: 8, and the times from 0 to 30 s. */
  private static final int SPECIAL = 8 + 1501;

  /** Tokens from which on a model knows several languages. */
  private static final int MULTILINGUAL = 51_865;

  /** Heads of all published sizes; the tensors do not show it. */
  private static final int HEAD_SIZE = 64;

  private static final int MAX_WIDTH = 1280;
  private static final float EPSILON = 1e-5f;

  /** Whisper tiny. */
  private static final Whisper TINY =
      new Whisper(TensorNames.OPENAI, 80, 1500, 384, 6, 4, 448, 4, MULTILINGUAL);

  static Whisper of(StateDict weights) {
    TensorNames names = TensorNames.of(weights);
    String conv = names.of("encoder.conv1") + ".weight";
    int width = weights.size(conv, 0, TINY.width);
    if (width % HEAD_SIZE != 0 || width > MAX_WIDTH) {
      width = TINY.width;
    }
    String embedding = names.of("decoder.token_embedding") + ".weight";
    long tokens =
        weights
            .shape(embedding)
            .filter(shape -> shape.length == 2 && shape[0] > 0 && shape[0] < 1 << 20)
            .map(shape -> shape[0])
            .orElse((long) TINY.tokens);
    return new Whisper(
        names,
        weights.size(conv, 1, TINY.bands),
        weights.size(names.of("encoder.positional_embedding"), 0, TINY.audioContext),
        width,
        width / HEAD_SIZE,
        weights.count(names.of("encoder.blocks."), TINY.audioLayers),
        weights.size(names.of("decoder.positional_embedding"), 0, TINY.textContext),
        weights.count(names.of("decoder.blocks."), TINY.textLayers),
        (int) tokens);
  }

  /** The encoder. */
  @Override
  public OnnxGraph graph(StateDict weights, OnnxType type) {
    weights.ignore(UNUSED);
    OnnxGraph graph = new OnnxGraph("whisper-encoder");
    Layers layers = new Layers(graph, weights);
    Ops ops = layers.ops();
    Value mel =
        graph.input("mel", OnnxType.FLOAT32, Dim.BATCH, Dim.of(bands), Dim.of(2L * audioContext));
    Value x = ops.reshape(ops.cast(mel, type), 0, bands, 1, 2L * audioContext);
    x = convolution(layers, x, "encoder.conv1", bands, 1);
    x = convolution(layers, x, "encoder.conv2", width, 2);
    x = ops.transpose(ops.reshape(x, 0, width, audioContext), 0, 2, 1);
    x = ops.add(x, weight(layers, "encoder.positional_embedding", x, audioContext, width));
    for (int i = 0; i < audioLayers; i++) {
      String key = "encoder.blocks." + i;
      Value h = layers.layerNorm(x, names.of(key + ".attn_ln"), width, EPSILON);
      h = layers.attention(h, key + ".attn.qkv", stacked(layers, key), bias(layers, key), heads);
      x = ops.add(x, linear(layers, h, key + ".attn.out", width, width));
      x = layers.stage("encoder.blocks." + i, ops.add(x, perceptron(layers, x, key)));
    }
    x = layers.layerNorm(x, names.of("encoder.ln_post"), width, EPSILON);
    layers.stage("encoder", x);
    Dim each = Dim.of(width / heads);
    for (int i = 0; i < textLayers; i++) {
      String key = "decoder.blocks." + i + ".cross_attn";
      Value keys = layers.tokenProjection(x, names.of(key + ".key"), width, width);
      Value values = linear(layers, x, key + ".value", width, width);
      graph.output(
          "cross_key." + i,
          ops.transpose(split(ops, keys), 0, 2, 3, 1),
          Dim.BATCH,
          Dim.of(heads),
          each,
          Dim.of(audioContext));
      graph.output(
          "cross_value." + i,
          ops.transpose(split(ops, values), 0, 2, 1, 3),
          Dim.BATCH,
          Dim.of(heads),
          Dim.of(audioContext),
          each);
    }
    return graph;
  }

  /** The decoder. */
  @Override
  public Map<String, OnnxGraph> further(StateDict weights, OnnxType type) {
    OnnxGraph graph = new OnnxGraph("whisper-decoder");
    Layers layers = new Layers(graph, weights);
    Ops ops = layers.ops();
    Dim count = Dim.named("count");
    Value ids = graph.input("tokens", OnnxType.INT64, Dim.BATCH, count);
    Value positions = graph.input("positions", OnnxType.INT64, count);
    Value embedding = embedding(layers, type);
    Value x = gather(graph, embedding, ids);
    x =
        ops.add(
            x,
            gather(
                graph,
                weight(layers, "decoder.positional_embedding", x, textContext, width),
                positions));
    Value mask = null;
    for (int i = 0; i < textLayers; i++) {
      String key = "decoder.blocks." + i;
      Value h = layers.layerNorm(x, names.of(key + ".attn_ln"), width, EPSILON);
      Value projected =
          layers.tokenLinear(h, key + ".attn.qkv", stacked(layers, key), bias(layers, key));
      List<Value> qkv =
          graph.nodes(
              "Split",
              "",
              List.of(projected),
              type,
              3,
              Attribute.of("axis", -1),
              Attribute.of("num_outputs", 3));
      Value keys = continued(graph, type, "key." + i, heads(ops, qkv.get(1)));
      Value values = continued(graph, type, "value." + i, heads(ops, qkv.get(2)));
      if (mask == null) {
        mask = CausalMask.of(graph, positions, keys, type);
      }
      Value scores =
          ops.matMul(heads(ops, scaled(ops, qkv.get(0))), ops.transpose(keys, 0, 1, 3, 2));
      h = attended(ops, ops.add(scores, mask), values);
      x = ops.add(x, linear(layers, h, key + ".attn.out", width, width));
      h = layers.layerNorm(x, names.of(key + ".cross_attn_ln"), width, EPSILON);
      Value query = linear(layers, h, key + ".cross_attn.query", width, width);
      h = crossed(graph, type, i, heads(ops, scaled(ops, query)));
      x = ops.add(x, linear(layers, h, key + ".cross_attn.out", width, width));
      x = layers.stage("decoder.blocks." + i, ops.add(x, perceptron(layers, x, key)));
    }
    x = layers.layerNorm(x, names.of("decoder.ln"), width, EPSILON);
    Value rows = ops.gemm(ops.reshape(x, -1, width), embedding);
    Value shape =
        ops.concat(
            0,
            List.of(graph.node("Shape", "", List.of(ids), OnnxType.INT64), graph.integers(tokens)));
    Value logits = graph.node("Reshape", List.of(ops.cast(rows, OnnxType.FLOAT32), shape));
    graph.output("logits", logits, Dim.BATCH, count, Dim.of(tokens));
    return Map.of(DECODER_FILE, graph);
  }

  private Value embedding(Layers layers, OnnxType type) {
    String key = names.of("decoder.token_embedding") + ".weight";
    return layers.put(key, layers.take(key, tokens, width), type);
  }

  private Value convolution(Layers layers, Value x, String key, int in, int stride) {
    String name = names.of(key);
    Weight kernel = layers.take(name + ".weight", width, in, 3).reshaped(width, in, 1, 3);
    Value w = layers.put(name + ".weight", kernel, x.type());
    Value b = layers.weight(name + ".bias", x, width);
    Window window = new Window(1, 3, 1, stride, 0, 1);
    Value convolved = layers.ops().conv(x, w, b, window, 1);
    return layers.ops().gelu(layers.stage(key, convolved));
  }

  /** The part of a layer behind its attention. */
  private Value perceptron(Layers layers, Value x, String key) {
    Value h = layers.layerNorm(x, names.of(key + ".mlp_ln"), width, EPSILON);
    h = layers.ops().gelu(linear(layers, h, key + ".mlp.0", width, 4 * width));
    return linear(layers, h, key + ".mlp.2", 4 * width, width);
  }

  private Value linear(Layers layers, Value x, String key, int in, int out) {
    return layers.tokenLinear(x, names.of(key), in, out);
  }

  private Value weight(Layers layers, String key, Value like, long... shape) {
    return layers.weight(names.of(key), like, shape);
  }

  /** The weights of queries, keys and values of a layer's self-attention. */
  private Weight stacked(Layers layers, String key) {
    return Weight.stacked(
        List.of("query", "key", "value").stream()
            .map(part -> layers.take(names.of(key + ".attn." + part) + ".weight", width, width))
            .toList());
  }

  /** Keys have no bias. */
  private Weight bias(Layers layers, String key) {
    return Weight.stacked(
        List.of(
            layers.take(names.of(key + ".attn.query") + ".bias", width),
            Weight.filled(0, width),
            layers.take(names.of(key + ".attn.value") + ".bias", width)));
  }

  /** {@code [N, T, width]} to {@code [N, T, heads, size of a head]}. */
  private Value split(Ops ops, Value x) {
    return ops.reshape(x, 0, 0, heads, width / heads);
  }

  /** {@code [N, T, width]} to {@code [N, heads, T, size of a head]}. */
  private Value heads(Ops ops, Value x) {
    return ops.transpose(split(ops, x), 0, 2, 1, 3);
  }

  private Value scaled(Ops ops, Value query) {
    return ops.mul(query, 1 / Math.sqrt((double) width / heads));
  }

  /** What was computed for the tokens before and for the new ones, which becomes an output. */
  private Value continued(OnnxGraph graph, OnnxType type, String name, Value now) {
    Dim each = Dim.of(width / heads);
    Value past =
        graph.input("past_" + name, type, Dim.BATCH, Dim.of(heads), Dim.named("past"), each);
    Value all = graph.node("Concat", List.of(past, now), axis(2));
    graph.output(name, all, Dim.BATCH, Dim.of(heads), Dim.named("all"), each);
    return all;
  }

  private Value crossed(OnnxGraph graph, OnnxType type, int layer, Value query) {
    Ops ops = new Ops(graph);
    Dim each = Dim.of(width / heads);
    Dim context = Dim.of(audioContext);
    Value keys = graph.input("cross_key." + layer, type, Dim.BATCH, Dim.of(heads), each, context);
    Value values =
        graph.input("cross_value." + layer, type, Dim.BATCH, Dim.of(heads), context, each);
    return attended(ops, ops.matMul(query, keys), values);
  }

  private Value attended(Ops ops, Value scores, Value values) {
    Value mixed = ops.matMul(ops.softmax(scores, -1), values);
    return ops.reshape(ops.transpose(mixed, 0, 2, 1, 3), 0, 0, width);
  }

  private static Value gather(OnnxGraph graph, Value rows, Value indices) {
    return graph.node("Gather", List.of(rows, indices));
  }

  private static Attribute axis(int axis) {
    return Attribute.of("axis", axis);
  }

  @Override
  public Map<String, byte[]> companions(List<Path> given) throws IOException {
    if (given.size() != 1) {
      throw new CheckpointException(
          Kind.MISMATCH,
          "one vocabulary is needed: vocab.json, tokenizer.json or multilingual.tiktoken"
              + " (gpt2.tiktoken for English only)");
    }
    PublishedVocabulary vocabulary = PublishedVocabulary.read(given.getFirst());
    if (!Languages.isKnown(tokens - SPECIAL - vocabulary.size())) {
      throw new CheckpointException(
          Kind.MISMATCH,
          given.getFirst().getFileName()
              + ": a vocabulary of another model; it has %d tokens, the weights have %d"
                  .formatted(vocabulary.size(), tokens));
    }
    return Map.of(VOCABULARY_FILE, vocabulary.lines());
  }

  @Override
  public void describe(ManifestDraft manifest) {
    manifest.spectra(bands, 2 * audioContext);
    boolean english = tokens == MULTILINGUAL - 1;
    int languages = tokens == MULTILINGUAL + 1 ? Languages.COUNT + 1 : Languages.COUNT;
    manifest.recogniser(
        new ModelRole.Decoder(DECODER_FILE, textLayers, heads, width / heads, textContext, tokens),
        VOCABULARY_FILE,
        Languages.first(english ? 1 : languages));
    // Scores of one layer's attention twice, its activations, and what the decoder attends to.
    long scores = 2L * heads * audioContext * audioContext;
    long activations = 12L * audioContext * width + 2L * textLayers * audioContext * width;
    manifest.memoryPerRow(Math.max(1, (scores + activations) * Float.BYTES / 1_000_000), 0);
  }
}
