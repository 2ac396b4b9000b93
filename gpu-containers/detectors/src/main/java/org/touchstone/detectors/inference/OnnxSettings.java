package org.touchstone.detectors.inference;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * How models are run.
 *
 * @param device where models run
 * @param threads threads of one inference on the CPU; 0 lets ONNX Runtime choose
 * @param concurrency inferences of one model at the same time
 * @param memoryBytes most memory of all loaded models, counted by the sizes of their files. A
 *     process on a CPU was seen to use more than twice as much. The least recently used models are
 *     unloaded first
 * @param batching how rows of several callers become one inference
 * @param listener is told of every batch
 * @param prepacking whether weights are copied into the order of the CPU's kernels when a model is
 *     loaded. It costs more than the first runs gain ({@code bench networks} prints how much), so
 *     it pays for processes that last
 */
public record OnnxSettings(
    Device device,
    int threads,
    int concurrency,
    long memoryBytes,
    Batching batching,
    BatchListener listener,
    boolean prepacking) {

  public static final int DEFAULT_CONCURRENCY = 2;
  public static final long DEFAULT_MEMORY_BYTES = 4L << 30;

  /** On the CPU, with the defaults above. */
  public static final OnnxSettings DEFAULT =
      new OnnxSettings(Device.CPU, 0, DEFAULT_CONCURRENCY, DEFAULT_MEMORY_BYTES);

  public OnnxSettings {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(batching, "batching");
    Objects.requireNonNull(listener, "listener");
    if (threads < 0 || concurrency < 1 || memoryBytes < 1) {
      throw new IllegalArgumentException("settings must be positive");
    }
  }

  /** Settings without a listener. */
  public OnnxSettings(
      Device device, int threads, int concurrency, long memoryBytes, Batching batching) {
    this(device, threads, concurrency, memoryBytes, batching, BatchListener.NONE, true);
  }

  /** Settings with {@link Batching#DEFAULT}. */
  public OnnxSettings(Device device, int threads, int concurrency, long memoryBytes) {
    this(device, threads, concurrency, memoryBytes, Batching.DEFAULT);
  }

  /** The same settings with another listener. */
  public OnnxSettings heardBy(BatchListener other) {
    return new OnnxSettings(device, threads, concurrency, memoryBytes, batching, other, prepacking);
  }

  /** The same settings for a process that runs its models a few times and ends. */
  public OnnxSettings forFewRuns() {
    return new OnnxSettings(device, threads, concurrency, memoryBytes, batching, listener, false);
  }

  OnnxSettings on(Device other) {
    return new OnnxSettings(
        other, threads, concurrency, memoryBytes, batching, listener, prepacking);
  }

  /**
   * How rows become batches.
   *
   * @param memoryBytes working memory of one inference, beyond the model's weights; with the
   *     model's memory per row it limits the batch, which has at least one row
   * @param linger how long a batch that is not full waits while other jobs are about to submit rows
   *     to the same model
   */
  public record Batching(long memoryBytes, Duration linger) {
    public static final long DEFAULT_MEMORY_BYTES = 512L << 20;
    public static final int DEFAULT_LINGER_MILLIS = 2;

    public static final Batching DEFAULT =
        new Batching(DEFAULT_MEMORY_BYTES, Duration.ofMillis(DEFAULT_LINGER_MILLIS));

    public Batching {
      if (memoryBytes < 1 || linger.isNegative()) {
        throw new IllegalArgumentException("settings must be positive");
      }
    }
  }

  /**
   * The device that a model runs on.
   *
   * @param kind the kind of processor
   * @param number the index of the CUDA device; 0 for the other kinds
   */
  public record Device(Kind kind, int number) {
    public static final Device CPU = new Device(Kind.CPU, 0);

    /** The first CUDA device, or the CPU if none can be used. */
    public static final Device AUTO = new Device(Kind.AUTO, 0);

    private static final int MAX_NUMBER = 255;

    /** A kind of processor. */
    public enum Kind {
      CPU,
      CUDA,
      AUTO
    }

    public Device {
      Objects.requireNonNull(kind, "kind");
      if (number < 0 || number > MAX_NUMBER || kind != Kind.CUDA && number != 0) {
        throw new IllegalArgumentException("no device has the number " + number);
      }
    }

    public static Device cuda(int number) {
      return new Device(Kind.CUDA, number);
    }

    /**
     * Reads {@code cpu}, {@code auto}, {@code cuda} or {@code cuda:} with a number.
     *
     * @throws IllegalArgumentException when the value is not one of these
     */
    public static Device parse(String text) {
      return switch (text) {
        case "cpu" -> CPU;
        case "auto" -> AUTO;
        case "cuda" -> cuda(0);
        default -> {
          if (!text.matches("cuda:[0-9]{1,3}")) {
            throw new IllegalArgumentException("a device is cpu, auto, cuda or cuda:N");
          }
          yield cuda(Integer.parseInt(text.substring("cuda:".length())));
        }
      };
    }

    public boolean isCpu() {
      return kind == Kind.CPU;
    }

    @Override
    public String toString() {
      return kind == Kind.CUDA ? "cuda:" + number : kind.name().toLowerCase(Locale.ROOT);
    }
  }
}
