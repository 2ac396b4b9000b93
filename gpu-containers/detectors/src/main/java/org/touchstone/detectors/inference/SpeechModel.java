package org.touchstone.detectors.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Reason;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;

/**
 * A recogniser of two graphs, loaded: the encoder hears, the decoder writes token after token. What
 * the decoder keeps from token to token stays in ONNX Runtime's memory. Safe for use by several
 * threads.
 */
public final class SpeechModel implements LoadedModel {
  private final ModelManifest manifest;
  private final ModelRole.Decoder decoder;
  private final String output;
  private final boolean half;
  private final OnnxSettings settings;
  private final SessionOptions options;
  private final OrtSession encoder;
  private final OrtSession writer;
  private final Semaphore places;

  private SpeechModel(
      InstalledModel installed,
      boolean half,
      OnnxSettings settings,
      SessionOptions options,
      OrtSession encoder,
      OrtSession writer) {
    this.manifest = installed.manifest();
    this.decoder = decoder(manifest).orElseThrow();
    this.output = ((ModelRole.Recogniser) manifest.role()).output();
    this.half = half;
    this.settings = settings;
    this.options = options;
    this.encoder = encoder;
    this.writer = writer;
    this.places = new Semaphore(settings.concurrency(), true);
  }

  /** The decoder that a manifest names; empty for all models but recognisers of two graphs. */
  public static Optional<ModelRole.Decoder> decoder(ModelManifest manifest) {
    return manifest.role() instanceof ModelRole.Recogniser recogniser
        ? recogniser.decoder()
        : Optional.empty();
  }

  /**
   * @throws ModelException when it cannot be loaded or does not fit its manifest
   */
  static SpeechModel load(InstalledModel installed, OnnxSettings settings) {
    ModelManifest manifest = installed.manifest();
    ModelRole.Decoder decoder = decoder(manifest).orElseThrow();
    String file = manifest.modelFile();
    boolean half =
        new SpeechSignature(manifest, decoder)
            .check(
                OnnxSignatureReader.read(installed.modelPath()),
                OnnxSignatureReader.read(installed.folder().resolve(decoder.file())),
                ((ModelRole.Recogniser) manifest.role()).output());
    // DJL creates the single environment, and fails if one already exists.
    OnnxEngine.get();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    SessionOptions options = new SessionOptions();
    OrtSession encoder = null;
    try {
      OnnxSession.configure(options, settings);
      encoder = environment.createSession(installed.modelPath().toString(), options);
      file = decoder.file();
      OrtSession writer =
          environment.createSession(installed.folder().resolve(file).toString(), options);
      return new SpeechModel(installed, half, settings, options, encoder, writer);
    } catch (OrtException e) {
      closed(encoder);
      options.close();
      throw OnnxSession.rejected(file, e);
    }
  }

  public ModelManifest manifest() {
    return manifest;
  }

  /** Most rows that fit into the memory of one inference; at least one. */
  public int rows() {
    long each = Math.max(1, manifest.memoryPerRow());
    return (int) Math.clamp(settings.batching().memoryBytes() / each, 1, Integer.MAX_VALUE);
  }

  /**
   * Encodes stretches of sound, for texts to be written of them. Waits while as many others are
   * being written as the settings allow.
   *
   * @param spectra of each row, one after the other
   * @throws DetectionException with {@link Reason#TIMEOUT} when interrupted while waiting, {@link
   *     Reason#ERROR} when the model fails
   */
  public Writing encode(float[] spectra, int rows) {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DetectionException(Reason.TIMEOUT, "It was stopped while it waited.", e);
    }
    long start = System.nanoTime();
    List<Integer> each = manifest.input().shape();
    long[] shape = {rows, each.get(0), each.get(1)};
    try (OnnxTensor input =
        OnnxTensor.createTensor(
            OrtEnvironment.getEnvironment(), FloatBuffer.wrap(spectra), shape)) {
      Writing writing = new Writing(encoder.run(Map.of(manifest.input().name(), input)), rows);
      settings.listener().ran(manifest.name(), rows, Duration.ofNanos(System.nanoTime() - start));
      return writing;
    } catch (OrtException e) {
      places.release();
      throw failed(e);
    }
  }

  private static DetectionException failed(OrtException e) {
    return new DetectionException(Reason.ERROR, "Its model failed.", e);
  }

  /** Texts in the course of being written, one for each row. Not thread-safe. */
  public final class Writing implements AutoCloseable {
    private final OrtSession.Result encoded;
    private final int rows;
    private OrtSession.Result kept;
    private int written;

    private Writing(OrtSession.Result encoded, int rows) {
      this.encoded = encoded;
      this.rows = rows;
    }

    /** The number of tokens of each row so far. */
    public int written() {
      return written;
    }

    /** Forgets the texts so far, for others to be written of the same sound. */
    public void restart() {
      if (kept != null) {
        kept.close();
        kept = null;
      }
      written = 0;
    }

    /**
     * Goes on with tokens and asks for the next ones.
     *
     * @param tokens of each row, equally many
     * @return scores, {@code [row][token given][token that may follow]}
     * @throws DetectionException with {@link Reason#TIMEOUT} when interrupted, {@link Reason#ERROR}
     *     when the model fails
     * @throws IllegalArgumentException when the texts become longer than the model can write
     */
    public float[][][] next(long[][] tokens) {
      int count = tokens[0].length;
      if (tokens.length != rows || written + count > decoder.context()) {
        throw new IllegalArgumentException("too many tokens or not one row of them each");
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new DetectionException(Reason.TIMEOUT, "It was stopped before it was done.");
      }
      List<OnnxTensor> own = new ArrayList<>();
      try {
        OrtSession.Result result = writer.run(inputs(tokens, own));
        if (kept != null) {
          kept.close();
        }
        kept = result;
        written += count;
        return scores(result, count);
      } catch (OrtException e) {
        throw failed(e);
      } finally {
        own.forEach(OnnxTensor::close);
      }
    }

    private Map<String, OnnxTensor> inputs(long[][] tokens, List<OnnxTensor> own)
        throws OrtException {
      int count = tokens[0].length;
      LongBuffer all = LongBuffer.allocate(rows * count);
      for (long[] row : tokens) {
        all.put(row);
      }
      long[] positions = new long[count];
      for (int i = 0; i < count; i++) {
        positions[i] = written + i;
      }
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      Map<String, OnnxTensor> inputs = new HashMap<>();
      own.add(OnnxTensor.createTensor(environment, all.flip(), new long[] {rows, count}));
      inputs.put("tokens", own.getLast());
      own.add(OnnxTensor.createTensor(environment, LongBuffer.wrap(positions), new long[] {count}));
      inputs.put("positions", own.getLast());
      for (int i = 0; i < decoder.layers(); i++) {
        for (String part : new String[] {"key.", "value."}) {
          inputs.put("cross_" + part + i, tensor(encoded, "cross_" + part + i));
          if (kept == null) {
            own.add(nothing(environment));
          }
          inputs.put("past_" + part + i, kept == null ? own.getLast() : tensor(kept, part + i));
        }
      }
      return inputs;
    }

    private OnnxTensor nothing(OrtEnvironment environment) throws OrtException {
      ByteBuffer none = ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder());
      long[] shape = {rows, decoder.heads(), 0, decoder.headSize()};
      OnnxJavaType type = half ? OnnxJavaType.FLOAT16 : OnnxJavaType.FLOAT;
      return OnnxTensor.createTensor(environment, none, shape, type);
    }

    private float[][][] scores(OrtSession.Result result, int count) {
      FloatBuffer values = tensor(result, output).getFloatBuffer();
      float[][][] scores = new float[rows][count][decoder.tokens()];
      for (float[][] row : scores) {
        for (float[] each : row) {
          values.get(each);
        }
      }
      return scores;
    }

    private static OnnxTensor tensor(OrtSession.Result result, String name) {
      return (OnnxTensor) result.get(name).orElseThrow();
    }

    /** Frees what was kept. */
    @Override
    public void close() {
      if (kept != null) {
        kept.close();
      }
      encoded.close();
      places.release();
    }
  }

  @Override
  public void close() {
    closed(encoder);
    closed(writer);
    options.close();
  }

  private static void closed(OrtSession session) {
    if (session != null) {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
