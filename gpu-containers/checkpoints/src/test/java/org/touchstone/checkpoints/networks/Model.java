package org.touchstone.checkpoints.networks;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.checkpoints.onnx.ModelWriter;
import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.read.Checkpoint;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.FormulaTensor;

/** A network written as ONNX from a checkpoint file, and run by ONNX Runtime. */
public final class Model implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final Path file;
  private OrtSession session;

  private Model(Path file) throws OrtException {
    this.file = file;
    this.session = environment.createSession(file.toString());
  }

  /** Writes the weights as a checkpoint, and the network with them as a model. */
  public static Model of(
      Path folder, NetworkVariant network, List<FormulaTensor> weights, OnnxType type)
      throws IOException, OrtException {
    Path checkpointFile =
        CheckpointWriter.safetensors(folder.resolve("checkpoint.safetensors"), weights);
    Model model = of(folder, network, checkpointFile, type);
    Files.delete(checkpointFile);
    return model;
  }

  /** Writes the network with the weights of a checkpoint as a model. */
  public static Model of(Path folder, NetworkVariant network, Path checkpointFile, OnnxType type)
      throws IOException, OrtException {
    try (Checkpoint checkpoint = Checkpoint.open(List.of(checkpointFile))) {
      StateDict dict = new StateDict(checkpoint.tensors());
      OnnxGraph graph = network.graph(dict, type);
      dict.requireComplete();
      ModelWriter.write(graph, folder, bytes -> {});
    }
    return new Model(folder.resolve(ModelWriter.MODEL_FILE));
  }

  /** Turns the named stages into additional outputs. */
  public Model exposing(Iterable<String> stages) throws IOException, OrtException {
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    for (String stage : stages) {
      model.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName(stage));
    }
    Files.write(file, model.build().toByteArray());
    session.close();
    session = environment.createSession(file.toString());
    return this;
  }

  /** The model's properties. */
  public Map<String, String> properties() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  /**
   * A float32 input: one besides the picture, or a waveform.
   *
   * @param values row-major
   */
  public record Extra(String name, float[] values, long... shape) {}

  /** Runs on bytes {@code image} and the network's other inputs. */
  public Map<String, float[]> run(byte[] image, long[] shape, Extra... extras) throws OrtException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    ByteBuffer direct = ByteBuffer.allocateDirect(image.length).order(ByteOrder.nativeOrder());
    direct.put(image).flip();
    inputs.put("image", OnnxTensor.createTensor(environment, direct, shape, OnnxJavaType.UINT8));
    for (Extra extra : extras) {
      inputs.put(extra.name(), tensor(extra));
    }
    return run(inputs);
  }

  /** Runs on the network's only input. */
  public Map<String, float[]> run(Extra input) throws OrtException {
    return run(Map.of(input.name(), tensor(input)));
  }

  private OnnxTensor tensor(Extra input) throws OrtException {
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(input.values()), input.shape());
  }

  private Map<String, float[]> run(Map<String, OnnxTensor> inputs) throws OrtException {
    try (OrtSession.Result result = session.run(inputs)) {
      Map<String, float[]> outputs = new LinkedHashMap<>();
      result.forEach(
          entry -> {
            FloatBuffer floats = ((OnnxTensor) entry.getValue()).getFloatBuffer();
            float[] values = new float[floats.remaining()];
            floats.get(values);
            outputs.put(entry.getKey(), values);
          });
      return outputs;
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
