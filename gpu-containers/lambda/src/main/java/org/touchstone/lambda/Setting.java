package org.touchstone.lambda;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The settings, read from environment variables of the same names as those of the container
 * endpoint: {@code touchstone.endpoint.max-bytes} as {@code TOUCHSTONE_ENDPOINT_MAX_BYTES}. Some
 * have a short name too. Region, credentials and other addresses of AWS' services are the AWS SDK's
 * own settings.
 */
enum Setting {
  /** The endpoint's name, a dimension of its metrics. */
  NAME("touchstone.endpoint.name", "ENDPOINT_NAME", "endpoint"),
  /** The bucket of media and reports. */
  BUCKET("touchstone.endpoint.bucket", "BUCKET", null),
  /** The queue that Lambda passes on; messages are kept hidden and given back there. */
  QUEUE_URL("touchstone.endpoint.queue-url", "QUEUE_URL", null),
  /** The queue of jobs that may wait, which Lambda passes on too; if unset, there is none. */
  BULK_QUEUE_URL("touchstone.endpoint.bulk-queue-url", "BULK_QUEUE_URL", ""),
  /** Whether the bucket's name goes into the path of S3 URLs, as other S3 servers require. */
  PATH_STYLE("touchstone.endpoint.path-style", null, "false"),
  /** Size of the largest medium, such as {@code 256M}. */
  MAX_BYTES("touchstone.endpoint.max-bytes", null, "256M"),
  /**
   * The longest time that all detectors together may work on one medium, such as {@code 10M}. The
   * time left of an invocation can shorten it.
   */
  JOB_TIMEOUT("touchstone.endpoint.job-timeout", null, "10M"),
  /** The folder for media that are being worked on. */
  WORK_FOLDER("touchstone.endpoint.work-folder", null, "${java.io.tmpdir}"),
  /** The detectors to run, separated by commas; each must exist. If unset, all run. */
  DETECTORS("touchstone.endpoint.detectors", null, ""),
  /** The folder that models are fetched to. */
  MODELS_FOLDER("touchstone.endpoint.models.folder", null, "${java.io.tmpdir}/models"),
  /**
   * The location of models, {@code s3://bucket/models/}. If unset, those in the folder are used.
   */
  MODELS_SOURCE("touchstone.endpoint.models.source", "MODELS_S3_PREFIX", ""),
  /** The models to fetch, separated by commas; all if unset. */
  MODELS_NAMES("touchstone.endpoint.models.names", "MODELS", ""),
  /**
   * The version of a model instead of its newest: {@code TOUCHSTONE_ENDPOINT_MODELS_PINS_UFD=1.0}.
   */
  MODELS_PINS("touchstone.endpoint.models.pins", null, ""),
  /** Threads of one inference; with 0, ONNX Runtime decides. */
  MODELS_THREADS("touchstone.endpoint.models.threads", null, "0"),
  /**
   * The most memory that loaded models may use together, counted by the sizes of their files, such
   * as {@code 4G}. If unset, two fifths of the function's memory: a process was measured to use
   * more than twice the files' sizes.
   */
  MODELS_MEMORY("touchstone.endpoint.models.memory", null, ""),
  /**
   * The service that writes down what is said in place of an installed recogniser, in JSON: the
   * fields of {@link org.touchstone.recognisers.settings.RecogniserSettings}. None if unset.
   */
  RECOGNISER("touchstone.recogniser", null, ""),
  /** The start of the name of its secret; needed only for a service with a key. */
  RECOGNISER_SECRETS("touchstone.recogniser.secrets-prefix", null, ""),
  /** CloudWatch's namespace of metrics; if unset, none are written. */
  METRICS_NAMESPACE("touchstone.metrics.namespace", null, ""),
  /** Whether all metrics are kept in CloudWatch, and not only the standard ones. */
  METRICS_DETAILED("touchstone.metrics.detailed", null, "false");

  private final String key;
  private final String shortName;
  private final String byDefault;

  Setting(String key, String shortName, String byDefault) {
    this.key = key;
    this.shortName = shortName;
    this.byDefault = byDefault;
  }

  /** Its name. */
  String key() {
    return key;
  }

  /** The short name of its environment variable, if it has one. */
  Optional<String> shortName() {
    return Optional.ofNullable(shortName);
  }

  /** Its default; null if it is required, empty if there is none. */
  String byDefault() {
    return byDefault;
  }

  /** The name of its environment variable. */
  String variable() {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /**
   * Its value, without blanks around it; empty if it is not set and has no default.
   *
   * @throws IllegalStateException when it is required and not set
   */
  Optional<String> in(Map<String, String> environment) {
    String value = environment.getOrDefault(variable(), "");
    if (value.isBlank() && shortName != null) {
      value = environment.getOrDefault(shortName, "");
    }
    if (value.isBlank()) {
      if (byDefault == null) {
        throw new IllegalStateException(
            "the function needs the setting " + (shortName == null ? variable() : shortName));
      }
      value = byDefault.replace("${java.io.tmpdir}", System.getProperty("java.io.tmpdir"));
    }
    return Optional.of(value.strip()).filter(text -> !text.isEmpty());
  }
}
