package org.touchstone.endpoint.container;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.inference.OnnxSettings.Batching;
import org.touchstone.worker.WorkerConfig.Cadence;

/**
 * Every setting of the container. Each can be given as an environment variable, {@code
 * touchstone.endpoint.max-bytes} as {@code TOUCHSTONE_ENDPOINT_MAX_BYTES}; the three most used have
 * a short name too. Credentials, region and other addresses of AWS services are the AWS SDK's own
 * settings, such as {@code AWS_REGION} and {@code AWS_ENDPOINT_URL_S3}.
 */
@ConfigMapping(prefix = "touchstone.endpoint")
public interface EndpointConfig {

  /** This endpoint's name, a label of its metrics. Short: {@code ENDPOINT_NAME}. */
  @WithDefault("endpoint")
  String name();

  /** The queue to work; without one the container serves HTTP only. Short: {@code QUEUE_URL}. */
  Optional<String> queueUrl();

  /** The bucket of media and reports; goes with the queue. Short: {@code BUCKET}. */
  Optional<String> bucket();

  /** Whether the bucket's name goes into the path of S3 URLs, as other S3 servers than AWS want. */
  @WithDefault("false")
  boolean pathStyle();

  /** How many media are worked on at once, from the queue and over HTTP together. */
  @WithDefault("2")
  int concurrency();

  /** Largest medium, and largest HTTP request. */
  @WithDefault("512M")
  MemorySize maxBytes();

  /** How long all detectors together may work on one medium. */
  @WithDefault("10M")
  Duration jobTimeout();

  /** Where media lie while they are worked on. */
  @WithDefault("${java.io.tmpdir}")
  Path workFolder();

  /** ECS' agent, which keeps a task with work from being ended. ECS sets {@code ECS_AGENT_URI}. */
  Optional<URI> ecsAgent();

  /**
   * The detectors to run, of which each must be there; all without it. Where several endpoints look
   * at one track, each runs its own, or a detector would vote twice.
   */
  Optional<Set<String>> detectors();

  /** Models and how they are run. */
  Models models();

  /** How much of a medium is decoded. */
  Decode decode();

  /** What the HTTP interface may read by itself. */
  Http http();

  /** When the queue worker does things. */
  Queue queue();

  /** Models and how they are run. */
  interface Models {
    /** The model store, {@code {name}/{version}/model.json}. */
    @WithDefault("models")
    Path folder();

    /**
     * Where models are fetched from at the start, {@code s3://bucket/models/}; without it those in
     * the folder are used. Short: {@code MODELS_S3_PREFIX}.
     */
    Optional<String> source();

    /** Only these models are fetched; all when empty. Short: {@code MODELS}. */
    Optional<Set<String>> names();

    /** The version to use of each model named, instead of its newest. */
    Map<String, String> pins();

    /**
     * Where models run: {@code cpu}, {@code cuda}, {@code cuda:1} and so on, or {@code auto} for
     * CUDA where it can be used and else the CPU. The container does not start on a device that
     * cannot be used.
     */
    @WithDefault("cpu")
    String device();

    /** Threads of one inference on the CPU; 0 leaves it to ONNX Runtime. */
    @WithDefault("0")
    int threads();

    /** Inferences of one model at the same time. */
    @WithDefault("" + OnnxSettings.DEFAULT_CONCURRENCY)
    int concurrency();

    /**
     * How much memory loaded models may take together, counted by the sizes of their files, which
     * is less than half of what a process was seen to take on a CPU.
     */
    @WithDefault("" + OnnxSettings.DEFAULT_MEMORY_BYTES)
    MemorySize memory();

    /** Working memory of one inference beyond the weights; it limits how much is run at once. */
    @WithDefault("" + Batching.DEFAULT_MEMORY_BYTES)
    MemorySize batchMemory();

    /** How long a batch that is not full waits for other jobs that use the same model. */
    @WithDefault(Batching.DEFAULT_LINGER_MILLIS + "ms")
    Duration batchLinger();
  }

  /** How much of a medium is decoded; each setting is described at {@link DecodeLimits}. */
  interface Decode {
    @WithDefault("" + DecodeLimits.DEFAULT_FRAMES)
    int frames();

    @WithDefault("" + DecodeLimits.DEFAULT_MAX_SOURCE_PIXELS)
    long maxSourcePixels();

    @WithDefault("" + DecodeLimits.DEFAULT_MAX_IMAGE_PIXELS)
    long maxImagePixels();

    @WithDefault("" + DecodeLimits.DEFAULT_MAX_FRAME_PIXELS)
    long maxFramePixels();

    @WithDefault(DecodeLimits.DEFAULT_MAX_SECONDS + "S")
    Duration maxTime();
  }

  /** What the HTTP interface may read by itself. Nothing, unless it is told so here. */
  interface Http {
    /**
     * Addresses that {@code url} may start with: scheme, host, port and the start of the path, such
     * as {@code https://media.s3.eu-central-1.amazonaws.com/media/}.
     */
    Optional<List<URI>> allowedUrls();

    /** How long fetching such a URL may take. */
    @WithDefault("30S")
    Duration fetchTimeout();

    /** The folder that {@code file_path} may name files below. */
    Optional<Path> filesFolder();

    /** How long a request waits for a place among the media worked on before it is turned away. */
    @WithDefault("30S")
    Duration patience();
  }

  /** When the queue worker does things; each setting is described at {@link Cadence}. */
  interface Queue {
    @WithDefault(Cadence.LONG_POLL_SECONDS + "S")
    Duration longPoll();

    @WithDefault(Cadence.VISIBILITY_SECONDS + "S")
    Duration visibility();

    @WithDefault(Cadence.KEEP_ALIVE_SECONDS + "S")
    Duration keepAlive();

    @WithDefault(Cadence.RETRY_DELAY_SECONDS + "S")
    Duration retryDelay();

    @WithDefault(Cadence.MAX_RETRY_DELAY_SECONDS + "S")
    Duration maxRetryDelay();

    @WithDefault(Cadence.PATIENCE_SECONDS + "S")
    Duration patience();

    @WithDefault(Cadence.GRACE_SECONDS + "S")
    Duration grace();
  }
}
