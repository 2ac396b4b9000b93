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
 * touchstone.endpoint.max-bytes} as {@code TOUCHSTONE_ENDPOINT_MAX_BYTES}; the most used ones also
 * have a short name. Credentials, region and other addresses of AWS services are the AWS SDK's own
 * settings, such as {@code AWS_REGION} and {@code AWS_ENDPOINT_URL_S3}.
 */
@ConfigMapping(prefix = "touchstone.endpoint")
public interface EndpointConfig {

  /** This endpoint's name, a label of its metrics. Short: {@code ENDPOINT_NAME}. */
  @WithDefault("endpoint")
  String name();

  /** The queue to work; if unset, the container serves HTTP only. Short: {@code QUEUE_URL}. */
  Optional<String> queueUrl();

  /**
   * The queue of jobs that may wait, worked when the other is empty; if unset, there is none.
   * Short: {@code BULK_QUEUE_URL}.
   */
  Optional<String> bulkQueueUrl();

  /** The bucket of media and reports; required with the queue. Short: {@code BUCKET}. */
  Optional<String> bucket();

  /**
   * Whether the bucket's name goes into the path of S3 URLs, as S3 servers other than AWS require.
   */
  @WithDefault("false")
  boolean pathStyle();

  /** The most media worked on at once, from the queue and over HTTP together. */
  @WithDefault("2")
  int concurrency();

  /** Size of the largest medium and of the largest HTTP request. */
  @WithDefault("1G")
  MemorySize maxBytes();

  /** The longest time that all detectors together may work on one medium. */
  @WithDefault("10M")
  Duration jobTimeout();

  /** The folder for media that are being worked on. */
  @WithDefault("${java.io.tmpdir}")
  Path workFolder();

  /**
   * Address of the ECS agent, which prevents a busy task from being ended. ECS sets {@code
   * ECS_AGENT_URI}.
   */
  Optional<URI> ecsAgent();

  /**
   * The detectors to run; each must exist. If unset, all run. If several endpoints examine one
   * track, each must run different detectors, or a detector would vote twice.
   */
  Optional<Set<String>> detectors();

  /** Models and how they are run. */
  Models models();

  /** How much of a medium is decoded. */
  Decode decode();

  /** Files and addresses that the HTTP interface may read. */
  Http http();

  /** Intervals and time limits of the queue worker. */
  Queue queue();

  /** Models and how they are run. */
  interface Models {
    /** The model store, {@code {name}/{version}/model.json}. */
    @WithDefault("models")
    Path folder();

    /**
     * The location that models are fetched from at the start, {@code s3://bucket/models/}. If
     * unset, the models in the folder are used. Short: {@code MODELS_S3_PREFIX}.
     */
    Optional<String> source();

    /** The models to fetch; all when empty. Short: {@code MODELS}. */
    Optional<Set<String>> names();

    /** The version to use for each named model, instead of its newest. */
    Map<String, String> pins();

    /**
     * The device that models run on: {@code cpu}, {@code cuda}, {@code cuda:1} and so on, or {@code
     * auto} for CUDA if it can be used and otherwise the CPU. The container does not start if the
     * device cannot be used.
     */
    @WithDefault("cpu")
    String device();

    /** Threads of one inference on the CPU; with 0, ONNX Runtime decides. */
    @WithDefault("0")
    int threads();

    /** The most inferences of one model at the same time. */
    @WithDefault("" + OnnxSettings.DEFAULT_CONCURRENCY)
    int concurrency();

    /**
     * The most memory that loaded models may use together, counted by the sizes of their files. A
     * process was measured to use more than twice that on a CPU.
     */
    @WithDefault("" + OnnxSettings.DEFAULT_MEMORY_BYTES)
    MemorySize memory();

    /** Working memory of one inference besides the weights; it limits the size of a batch. */
    @WithDefault("" + Batching.DEFAULT_MEMORY_BYTES)
    MemorySize batchMemory();

    /** How long an incomplete batch waits for other jobs that use the same model. */
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

  /** Files and addresses that the HTTP interface may read; none by default. */
  interface Http {
    /**
     * Addresses that {@code url} may start with: scheme, host, port and the start of the path, such
     * as {@code https://media.s3.eu-central-1.amazonaws.com/media/}.
     */
    Optional<List<URI>> allowedUrls();

    /** The longest time that fetching such a URL may take. */
    @WithDefault("30S")
    Duration fetchTimeout();

    /** The folder whose files {@code file_path} may name. */
    Optional<Path> filesFolder();

    /** How long a request waits for a free slot before it is rejected. */
    @WithDefault("30S")
    Duration patience();
  }

  /**
   * Intervals and time limits of the queue worker; each setting is described at {@link Cadence}.
   */
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
