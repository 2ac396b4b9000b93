package org.touchstone.detectors.onnx;

import java.util.Objects;

/**
 * How models are run.
 *
 * @param device CPU or a CUDA device
 * @param threads threads of one inference on the CPU; 0 leaves it to ONNX Runtime
 * @param concurrency inferences of one model at the same time
 * @param memoryBytes how much memory loaded models may take together, counted by the sizes of their
 *     files; the least recently used are unloaded first
 */
public record OnnxSettings(Device device, int threads, int concurrency, long memoryBytes) {

  /** CPU, two inferences at a time, 4 GiB. */
  public static final OnnxSettings DEFAULT = new OnnxSettings(Device.CPU, 0, 2, 4L << 30);

  public OnnxSettings {
    Objects.requireNonNull(device, "device");
    if (threads < 0 || concurrency < 1 || memoryBytes < 1) {
      throw new IllegalArgumentException("settings must be positive");
    }
  }

  /**
   * Where a model runs.
   *
   * @param cuda number of the CUDA device, or -1 for the CPU
   */
  public record Device(int cuda) {
    public static final Device CPU = new Device(-1);

    public static Device cuda(int number) {
      if (number < 0) {
        throw new IllegalArgumentException("no CUDA device has the number " + number);
      }
      return new Device(number);
    }

    public boolean isCpu() {
      return cuda < 0;
    }
  }
}
