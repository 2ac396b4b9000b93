package org.touchstone.checkpoints.networks.whisper;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.checkpoints.onnx.ModelWriter;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.read.Checkpoint;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.FormulaTensor;

/** An encoder and a decoder in ONNX Runtime. */
final class TwoGraphs implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final Whisper network;
  private final OrtSession encoder;
  private final OrtSession decoder;

  private TwoGraphs(Whisper network, Path folder) throws OrtException {
    this.network = network;
    this.encoder = environment.createSession(folder.resolve("model.onnx").toString());
    this.decoder = environment.createSession(folder.resolve("decoder.onnx").toString());
  }

  static TwoGraphs of(Path folder, Whisper network, List<FormulaTensor> weights, OnnxType type)
      throws IOException, OrtException {
    Path file = CheckpointWriter.safetensors(folder.resolve("checkpoint.safetensors"), weights);
    try (Checkpoint checkpoint = Checkpoint.open(List.of(file))) {
      StateDict dict = new StateDict(checkpoint.tensors());
      ModelWriter.write(network.graph(dict, type), folder, bytes -> {});
      ModelWriter.write(
          network.further(dict, type).get("decoder.onnx"), folder, "decoder.onnx", bytes -> {});
      dict.requireComplete();
    }
    Files.delete(file);
    return new TwoGraphs(network, folder);
  }

  /** The encoder's answer to spectra: keys and values of each layer of the decoder. */
  OrtSession.Result encode(float[] mel, long rows) throws OrtException {
    long[] shape = {rows, network.bands(), 2L * network.audioContext()};
    try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(mel), shape)) {
      return encoder.run(Map.of("mel", input));
    }
  }

  /**
   * The scores of a row's tokens, written a few at a time.
   *
   * @param steps how many tokens are given at once, one after the other
   * @return by token, the scores of the next one
   */
  float[][] scores(OrtSession.Result encoded, long[] tokens, int... steps) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    encoded.forEach(entry -> inputs.put(entry.getKey(), (OnnxTensor) entry.getValue()));
    long[] empty = {1, network.heads(), 0, network.width() / network.heads()};
    for (int i = 0; i < network.textLayers(); i++) {
      for (String part : List.of("past_key.", "past_value.")) {
        inputs.put(part + i, OnnxTensor.createTensor(environment, FloatBuffer.allocate(0), empty));
      }
    }
    float[][] scores = new float[tokens.length][];
    int from = 0;
    for (int count : steps) {
      long[] some = Arrays.copyOfRange(tokens, from, from + count);
      long[] positions = new long[count];
      for (int i = 0; i < count; i++) {
        positions[i] = from + i;
      }
      inputs.put("tokens", tensor(some, 1, count));
      inputs.put("positions", tensor(positions, count));
      OrtSession.Result result = decoder.run(inputs);
      float[][][] logits = (float[][][]) result.get("logits").orElseThrow().getValue();
      System.arraycopy(logits[0], 0, scores, from, count);
      for (int i = 0; i < network.textLayers(); i++) {
        inputs.put("past_key." + i, (OnnxTensor) result.get("key." + i).orElseThrow());
        inputs.put("past_value." + i, (OnnxTensor) result.get("value." + i).orElseThrow());
      }
      from += count;
    }
    return scores;
  }

  private OnnxTensor tensor(long[] values, long... shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  @Override
  public void close() throws OrtException {
    encoder.close();
    decoder.close();
  }
}
