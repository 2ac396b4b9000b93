package org.touchstone.detectors.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Base64;
import org.touchstone.detectors.inference.OnnxSettings.Device;

/** Finds out at start whether a device can be used, and sets sessions up for it. */
final class OnnxDevices {
  private static final Logger LOG = System.getLogger(OnnxDevices.class.getName());

  /** An ONNX model of one Identity: {@code y = x}, a float each. */
  private static final byte[] IDENTITY =
      Base64.getDecoder()
          .decode(
              "CAg6PgoQCgF4EgF5IghJZGVudGl0eRIIaWRlbnRpdHlaDwoBeBIKCggIARIECgIIAWIPCgF5EgoKCAgBEgQKAggBQgQKABAN");

  private OnnxDevices() {}

  /**
   * The device for {@code wanted}: the device itself, or for {@link Device#AUTO} the best one
   * available.
   *
   * @throws DeviceUnavailableException when it cannot be used
   */
  static Device resolve(Device wanted) {
    return switch (wanted.kind()) {
      case CPU -> wanted;
      case CUDA -> {
        try {
          tryOut(wanted);
        } catch (OrtException e) {
          throw new DeviceUnavailableException(
              wanted + " cannot be used: " + why(e) + "; the device may be set to cpu or auto", e);
        }
        yield wanted;
      }
      case AUTO -> {
        Device cuda = Device.cuda(0);
        try {
          tryOut(cuda);
          LOG.log(Level.INFO, () -> "models run on " + cuda);
          yield cuda;
        } catch (OrtException e) {
          LOG.log(Level.INFO, () -> "models run on the CPU: " + why(e));
          yield Device.CPU;
        }
      }
    };
  }

  private static String why(OrtException e) {
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)
        ? "CUDA, cuDNN or the device itself could not be loaded"
        : "this build of ONNX Runtime has no CUDA (onnxruntime_gpu has)";
  }

  /**
   * Makes a session, as CUDA's libraries are not looked up before that.
   *
   * @return the number of inputs of the session's model
   */
  static long tryOut(Device device) throws OrtException {
    // DJL creates the single environment, and fails if one already exists.
    OnnxEngine.get();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (SessionOptions options = new SessionOptions()) {
      configure(options, device);
      try (OrtSession session = environment.createSession(IDENTITY, options)) {
        return session.getNumInputs();
      }
    }
  }

  /** Sets the device of sessions with these options. */
  static void configure(SessionOptions options, Device device) throws OrtException {
    if (device.kind() != Device.Kind.CUDA) {
      return;
    }
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device.number())) {
      // Batches differ in size: a search for the fastest kernels at each size would cost seconds.
      cuda.add("cudnn_conv_algo_search", "HEURISTIC");
      cuda.add("arena_extend_strategy", "kSameAsRequested");
      // TF32 has ten bits of mantissa; models in float32 were published with full precision.
      cuda.add("use_tf32", "0");
      options.addCUDA(cuda);
    }
  }
}
