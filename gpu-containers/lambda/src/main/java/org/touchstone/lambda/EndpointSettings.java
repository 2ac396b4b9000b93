package org.touchstone.lambda;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.domain.settings.InvalidSettingsException;
import org.touchstone.recognisers.settings.RecogniserSettings;
import org.touchstone.worker.models.ModelSource;

/**
 * The function's settings; each is described at {@link Setting}.
 *
 * @param bulkQueueUrl empty when all jobs are in one queue
 * @param detectors empty for all
 * @param modelsSource empty for the models in the folder
 * @param modelNames empty for all
 * @param modelsMemory in bytes of the models' files
 * @param recogniser empty for installed ones only
 * @param recogniserSecrets the start of the names of its secrets
 * @param metricsNamespace null for no metrics
 */
record EndpointSettings(
    String name,
    String bucket,
    String queueUrl,
    Optional<String> bulkQueueUrl,
    boolean pathStyle,
    long maxBytes,
    Duration jobTimeout,
    Path workFolder,
    Set<String> detectors,
    Path modelsFolder,
    Optional<ModelSource> modelsSource,
    Set<String> modelNames,
    Map<String, String> pins,
    int threads,
    long modelsMemory,
    Optional<RecogniserSettings> recogniser,
    Optional<String> recogniserSecrets,
    String metricsNamespace,
    boolean detailedMetrics) {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([KMGkmg]?)");

  /** Set by Lambda: the function's memory in MB. */
  private static final String MEMORY_VARIABLE = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";

  /**
   * Reads the settings.
   *
   * @throws IllegalStateException when one is missing or not valid; the message names it and not
   *     its value
   */
  static EndpointSettings of(Map<String, String> environment) {
    return new EndpointSettings(
        required(environment, Setting.NAME),
        required(environment, Setting.BUCKET),
        required(environment, Setting.QUEUE_URL),
        Setting.BULK_QUEUE_URL.in(environment),
        read(environment, Setting.PATH_STYLE, EndpointSettings::flag).orElseThrow(),
        read(environment, Setting.MAX_BYTES, EndpointSettings::size).orElseThrow(),
        read(environment, Setting.JOB_TIMEOUT, EndpointSettings::duration).orElseThrow(),
        read(environment, Setting.WORK_FOLDER, Path::of).orElseThrow(),
        read(environment, Setting.DETECTORS, EndpointSettings::names).orElse(Set.of()),
        read(environment, Setting.MODELS_FOLDER, Path::of).orElseThrow(),
        read(environment, Setting.MODELS_SOURCE, ModelSource::parse),
        read(environment, Setting.MODELS_NAMES, EndpointSettings::names).orElse(Set.of()),
        pins(environment),
        read(environment, Setting.MODELS_THREADS, Integer::parseUnsignedInt).orElseThrow(),
        read(environment, Setting.MODELS_MEMORY, EndpointSettings::size)
            .orElseGet(() -> shareOf(environment.get(MEMORY_VARIABLE))),
        read(environment, Setting.RECOGNISER, EndpointSettings::recogniser),
        Setting.RECOGNISER_SECRETS.in(environment),
        Setting.METRICS_NAMESPACE.in(environment).orElse(null),
        read(environment, Setting.METRICS_DETAILED, EndpointSettings::flag).orElseThrow());
  }

  private static String required(Map<String, String> environment, Setting setting) {
    return setting.in(environment).orElseThrow();
  }

  private static <T> Optional<T> read(
      Map<String, String> environment, Setting setting, Function<String, T> reader) {
    try {
      return setting.in(environment).map(reader);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalStateException("the setting " + setting.variable() + " is not valid", e);
    }
  }

  private static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  /** Bytes, or with a letter KiB, MiB or GiB. */
  private static long size(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException("not a size");
    }
    int shift =
        switch (size.group(2).toUpperCase(Locale.ROOT)) {
          case "K" -> 10;
          case "M" -> 20;
          case "G" -> 30;
          default -> 0;
        };
    long bytes = Long.parseLong(size.group(1)) << shift;
    if (bytes < 1) {
      throw new IllegalArgumentException("a size must be positive");
    }
    return bytes;
  }

  /** ISO 8601, {@code 10M} for {@code PT10M}, or seconds. */
  private static Duration duration(String text) {
    Duration duration;
    if (text.matches("\\d{1,9}")) {
      duration = Duration.ofSeconds(Long.parseLong(text));
    } else {
      duration = Duration.parse(Character.isDigit(text.charAt(0)) ? "PT" + text : text);
    }
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("a time must be positive");
    }
    return duration;
  }

  private static RecogniserSettings recogniser(String json) {
    try {
      return RecogniserSettings.read(json);
    } catch (InvalidSettingsException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Set<String> names(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Map<String, String> pins(Map<String, String> environment) {
    String start = Setting.MODELS_PINS.variable() + "_";
    return environment.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(start) && !entry.getValue().isBlank())
        .collect(
            Collectors.toUnmodifiableMap(
                entry ->
                    entry
                        .getKey()
                        .substring(start.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-'),
                entry -> entry.getValue().strip()));
  }

  /** Two fifths of the function's memory. */
  private static long shareOf(String megabytes) {
    return megabytes != null && megabytes.matches("[1-9]\\d{0,6}")
        ? (Long.parseLong(megabytes) << 20) * 2 / 5
        : OnnxSettings.DEFAULT_MEMORY_BYTES;
  }
}
