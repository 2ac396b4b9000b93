package org.touchstone.detectors.onnx;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.touchstone.detectors.DetectionException;
import org.touchstone.detectors.model.InstalledModel;
import org.touchstone.detectors.model.ModelException;
import org.touchstone.detectors.model.ModelManifest;
import org.touchstone.detectors.model.ModelManifest.Input;
import org.touchstone.detectors.model.ModelManifest.Layout;
import org.touchstone.domain.Reason;

/**
 * A loaded model that takes one tensor of unsigned bytes and gives one of floats. Safe for use by
 * several threads; more than {@code settings.concurrency()} wait for one another.
 */
public final class OnnxModel implements AutoCloseable {
  private static final Logger LOG = System.getLogger(OnnxModel.class.getName());
  private static final int MATRIX = 2;

  private final ModelManifest manifest;
  private final Model model;
  private final SessionOptions options;
  private final Semaphore permits;

  private OnnxModel(
      ModelManifest manifest, Model model, SessionOptions options, OnnxSettings settings) {
    this.manifest = manifest;
    this.model = model;
    this.options = options;
    this.permits = new Semaphore(settings.concurrency());
  }

  /**
   * Loads a model and runs it once, so that a model that is not what its manifest says is found out
   * here.
   *
   * @throws ModelException when it cannot be loaded or does not fit its manifest
   */
  static OnnxModel load(InstalledModel installed, OnnxSettings settings) {
    ModelManifest manifest = installed.manifest();
    Device device = settings.device().isCpu() ? Device.cpu() : Device.gpu(settings.device().cuda());
    Model model = OnnxEngine.get().newModel(manifest.name(), device);
    SessionOptions options = new SessionOptions();
    OnnxModel loaded = new OnnxModel(manifest, model, options, settings);
    try {
      configure(options, settings);
      model.load(installed.folder(), manifest.modelFile(), Map.of("sessionOptions", options));
      Input input = manifest.input();
      loaded.run(new byte[Math.multiplyExact(input.frames(), pictureBytes(input))], 1);
      return loaded;
    } catch (OrtException
        | IOException
        | MalformedModelException
        | EngineException
        | DetectionException e) {
      loaded.close();
      throw new ModelException(manifest.modelFile() + " cannot be loaded", e);
    } catch (ModelException e) {
      loaded.close();
      throw e;
    }
  }

  private static void configure(SessionOptions options, OnnxSettings settings) throws OrtException {
    if (settings.threads() > 0) {
      options.setIntraOpNumThreads(settings.threads());
    }
    options.setInterOpNumThreads(1);
    // Idle threads of one model would spin on the cores that another model needs.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
  }

  public ModelManifest manifest() {
    return manifest;
  }

  /** Bytes of one picture of an input. */
  static int pictureBytes(Input input) {
    return Math.multiplyExact(Math.multiplyExact(input.height(), input.width()), 3);
  }

  /**
   * Runs the model.
   *
   * @param data {@code batch} pictures, or clips, of the manifest's size: unsigned bytes, RGB, one
   *     after another
   * @return for each picture or clip the values of the output, shape {@code [batch][classes]}
   * @throws ModelException when inputs or outputs are not what the manifest says
   * @throws DetectionException with {@link Reason#TIMEOUT} when interrupted while waiting, {@link
   *     Reason#ERROR} when the model fails
   */
  public float[][] run(byte[] data, int batch) {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DetectionException(Reason.TIMEOUT, "It was stopped while it waited.", e);
    }
    try (Predictor<byte[], float[][]> predictor = model.newPredictor(new Tensors(batch))) {
      return predictor.predict(data);
    } catch (TranslateException e) {
      throw asTyped(e);
    } finally {
      permits.release();
    }
  }

  private RuntimeException asTyped(TranslateException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ModelException typed) {
        return typed;
      }
      if (cause instanceof OrtException ort
          && ort.getCode() == OrtException.OrtErrorCode.ORT_INVALID_ARGUMENT) {
        return new ModelException("model.json: input differs from what the model takes", e);
      }
      if (cause instanceof IllegalArgumentException) {
        return new ModelException("model.json: input.name is none of the model's inputs", e);
      }
    }
    LOG.log(Level.ERROR, () -> "model " + manifest.name() + " failed", e);
    return new DetectionException(Reason.ERROR, "Its model failed.", e);
  }

  @Override
  public void close() {
    model.close();
    options.close();
  }

  /** Between bytes and tensors. */
  private final class Tensors implements NoBatchifyTranslator<byte[], float[][]> {
    private final int batch;

    Tensors(int batch) {
      this.batch = batch;
    }

    @Override
    public NDList processInput(TranslatorContext context, byte[] data) {
      Input in = manifest.input();
      Shape shape =
          in.layout() == Layout.NHWC
              ? new Shape(batch, in.height(), in.width(), 3)
              : new Shape(batch, in.frames(), in.height(), in.width(), 3);
      NDArray array = context.getNDManager().create(ByteBuffer.wrap(data), shape, DataType.UINT8);
      array.setName(in.name());
      return new NDList(array);
    }

    @Override
    public float[][] processOutput(TranslatorContext context, NDList outputs) {
      NDArray output =
          outputs.stream()
              .filter(array -> manifest.output().name().equals(array.getName()))
              .findFirst()
              .orElseThrow(() -> bad("output.name is none of the model's outputs"));
      Shape shape = output.getShape();
      if (output.getDataType() != DataType.FLOAT32) {
        throw bad("output is not of type float");
      }
      if (shape.dimension() < 1 || shape.dimension() > MATRIX || shape.get(0) != batch) {
        throw bad("output is not one row per input");
      }
      float[] values = output.toFloatArray();
      int classes = values.length / batch;
      if (manifest.output().fakeIndex() >= classes) {
        throw bad("output.fakeIndex is beyond the model's %d classes".formatted(classes));
      }
      float[][] rows = new float[batch][classes];
      for (int i = 0; i < batch; i++) {
        System.arraycopy(values, i * classes, rows[i], 0, classes);
      }
      return rows;
    }

    private static ModelException bad(String what) {
      return new ModelException("model.json: " + what);
    }
  }
}
