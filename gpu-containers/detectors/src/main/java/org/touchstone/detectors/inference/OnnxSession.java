package org.touchstone.detectors.inference;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Reason;
import org.touchstone.models.ElementType;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;

/** A model in ONNX Runtime, by DJL. Safe for use by several threads. */
final class OnnxSession implements AutoCloseable {
  private static final Logger LOG = System.getLogger(OnnxSession.class.getName());

  private final String name;
  private final Model model;
  private final SessionOptions options;

  private OnnxSession(String name, Model model, SessionOptions options) {
    this.name = name;
    this.model = model;
    this.options = options;
  }

  /**
   * An input tensor.
   *
   * @param data in the machine's byte order; direct buffers are not copied
   */
  record In(String name, ByteBuffer data, ElementType type, long... shape) {}

  /**
   * @throws ModelException saying in general terms why ONNX Runtime rejects the model
   */
  static OnnxSession load(InstalledModel installed, OnnxSettings settings) {
    String name = installed.manifest().name();
    String file = installed.manifest().modelFile();
    // The options set the device of a session; its input and output tensors are in main memory.
    Model model = OnnxEngine.get().newModel(name, Device.cpu());
    SessionOptions options = new SessionOptions();
    OnnxSession session = new OnnxSession(name, model, options);
    try {
      configure(options, settings);
      model.load(installed.folder(), file, Map.of("sessionOptions", options));
      return session;
    } catch (OrtException | IOException | MalformedModelException | EngineException e) {
      session.close();
      throw rejected(file, e);
    }
  }

  /** Says in general terms why a model cannot be loaded. */
  static ModelException rejected(String file, Exception e) {
    return new ModelException(file + " cannot be loaded: " + why(e), e);
  }

  /** Sets how a session runs, and where. */
  static void configure(SessionOptions options, OnnxSettings settings) throws OrtException {
    if (settings.threads() > 0) {
      options.setIntraOpNumThreads(settings.threads());
    }
    options.setInterOpNumThreads(1);
    // Otherwise idle threads of one model would spin on the cores that another model needs.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    if (!settings.prepacking()) {
      options.addConfigEntry("session.disable_prepacking", "1");
    }
    OnnxDevices.configure(options, settings.device());
  }

  private static String why(Exception e) {
    OrtException cause = cause(e);
    if (cause == null) {
      return "it is missing or cannot be read";
    }
    return switch (cause.getCode()) {
      case ORT_INVALID_PROTOBUF, ORT_NO_MODEL -> "it is damaged or not an ONNX model";
      case ORT_NOT_IMPLEMENTED -> "it uses an operator that this ONNX Runtime does not have";
      case ORT_INVALID_GRAPH -> "its graph is not valid";
      case ORT_NO_SUCHFILE -> "a file is missing";
      default ->
          String.valueOf(cause.getMessage()).contains("opset")
              ? "it uses an operator set that this ONNX Runtime does not know"
              : "ONNX Runtime does not accept its graph";
    };
  }

  private static OrtException cause(Throwable e) {
    Throwable cause = e;
    while (cause != null && !(cause instanceof OrtException)) {
      cause = cause.getCause();
    }
    return (OrtException) cause;
  }

  /**
   * Runs the model once.
   *
   * @return the outputs named
   * @throws ModelException when inputs or outputs differ from those of the model
   * @throws DetectionException with {@link Reason#ERROR} when the model fails
   */
  Map<String, NamedTensor> run(List<In> inputs, Set<String> outputs) {
    try (Predictor<List<In>, Map<String, NamedTensor>> predictor =
        model.newPredictor(new Tensors(outputs))) {
      return predictor.predict(inputs);
    } catch (TranslateException e) {
      throw asTyped(e);
    }
  }

  private RuntimeException asTyped(TranslateException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ModelException typed) {
        return typed;
      }
      if (cause instanceof OrtException ort && ort.getCode() == OrtErrorCode.ORT_INVALID_ARGUMENT) {
        return new ModelException("model.json: input differs from what the model takes", e);
      }
    }
    LOG.log(Level.ERROR, () -> "model " + name + " failed", e);
    return new DetectionException(Reason.ERROR, "Its model failed.", e);
  }

  @Override
  public void close() {
    model.close();
    options.close();
  }

  /** Converts between buffers and DJL's tensors. */
  private record Tensors(Set<String> outputs)
      implements NoBatchifyTranslator<List<In>, Map<String, NamedTensor>> {
    @Override
    public NDList processInput(TranslatorContext context, List<In> inputs) {
      NDManager manager = context.getNDManager();
      NDList list = new NDList();
      for (In input : inputs) {
        NDArray array =
            manager.create(input.data(), new Shape(input.shape()), dataType(input.type()));
        array.setName(input.name());
        list.add(array);
      }
      return list;
    }

    @Override
    public Map<String, NamedTensor> processOutput(TranslatorContext context, NDList list) {
      Map<String, NamedTensor> found = new HashMap<>();
      for (NDArray array : list) {
        if (outputs.contains(array.getName())) {
          Values values = Values.read(elementType(array), array.toByteBuffer());
          found.put(array.getName(), new NamedTensor(values, array.getShape().getShape()));
        }
      }
      for (String output : outputs) {
        if (!found.containsKey(output)) {
          throw new ModelException("model.json: " + output + " is not one of the model's outputs");
        }
      }
      return found;
    }

    private static DataType dataType(ElementType type) {
      return switch (type) {
        case UINT8 -> DataType.UINT8;
        case FLOAT16 -> DataType.FLOAT16;
        case FLOAT32 -> DataType.FLOAT32;
        case INT64 -> DataType.INT64;
      };
    }

    private static ElementType elementType(NDArray array) {
      return switch (array.getDataType()) {
        case UINT8 -> ElementType.UINT8;
        case FLOAT16 -> ElementType.FLOAT16;
        case FLOAT32 -> ElementType.FLOAT32;
        case INT64 -> ElementType.INT64;
        default ->
            throw new ModelException(
                "model.json: " + array.getName() + " is of a type that no manifest declares");
      };
    }
  }
}
