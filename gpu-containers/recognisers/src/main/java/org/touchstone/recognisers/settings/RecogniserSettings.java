package org.touchstone.recognisers.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;

/**
 * The description of a service that recognises speech.
 *
 * @param provider how it is asked
 * @param address the address before {@code /audio/transcriptions}, such as {@code
 *     https://api.openai.com/v1}; only openai-compatible
 * @param model the model's name at its server; only openai-compatible
 * @param secret the name of the key among the deployment's secrets; absent for a server without
 *     keys
 * @param isPrivate {@code private}: whether the address may be unencrypted and on this machine or a
 *     private network; false when absent
 * @param thirdParty whether another organisation runs it, so that analyses may forbid it; true when
 *     absent
 * @param region the region of Amazon Transcribe; the process' own when absent
 * @param maxSeconds the most that is sent of a recording, seconds; 3600 when absent
 * @param seconds the time for a recording, at most {@link #MAX_TIME}; 600 when absent
 * @param retries how often a request is repeated that is refused for the moment; twice when absent
 */
public record RecogniserSettings(
    Provider provider,
    String address,
    String model,
    String secret,
    @JsonProperty("private") Boolean isPrivate,
    Boolean thirdParty,
    String region,
    Integer maxSeconds,
    Integer seconds,
    Integer retries) {
  /** A Lambda function has 15 minutes; the rest is for fetching and decoding. */
  public static final int MAX_TIME = 780;

  /** Amazon Transcribe accepts four hours. */
  private static final int MAX_LENGTH = 4 * 3600;

  private static final int DEFAULT_LENGTH = 3600;
  private static final int DEFAULT_TIME = 600;
  private static final int MAX_MODEL = 200;
  private static final int HTTPS = 443;
  private static final int VERSION_DIGITS = 12;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build()
          .readerFor(RecogniserSettings.class);

  public RecogniserSettings {
    require(provider != null, "provider", "is missing");
    boolean http = provider == Provider.OPENAI_COMPATIBLE;
    isPrivate = Boolean.TRUE.equals(isPrivate);
    thirdParty = !Boolean.FALSE.equals(thirdParty);
    if (http) {
      require(address != null, "address", "is missing");
      checkAddress(address, isPrivate);
      require(
          model != null && !model.isBlank() && model.length() <= MAX_MODEL,
          "model",
          "is missing or too long");
    } else {
      require(address == null, "address", "is only for openai-compatible");
      require(model == null, "model", "is only for openai-compatible");
      require(secret == null, "secret", "is only for openai-compatible");
    }
    require(
        secret == null || NAME.matcher(secret).matches(),
        "secret",
        "is not a name of lower-case letters and digits");
    require(
        region == null || !http && REGION.matcher(region).matches(),
        "region",
        "is not a region of AWS, which only amazon-transcribe has");
    maxSeconds = inRange(maxSeconds, DEFAULT_LENGTH, 1, MAX_LENGTH, "maxSeconds");
    seconds = inRange(seconds, DEFAULT_TIME, 1, MAX_TIME, "seconds");
    retries = inRange(retries, 2, 0, 5, "retries");
  }

  /**
   * Reads a description.
   *
   * @throws InvalidRecogniserException when it is not valid
   */
  public static RecogniserSettings read(JsonNode description) throws InvalidRecogniserException {
    if (!description.isObject()) {
      throw new InvalidRecogniserException("the recogniser is not a set of fields");
    }
    try {
      return READER.readValue(description);
    } catch (UnrecognizedPropertyException e) {
      throw new InvalidRecogniserException(
          e.getPropertyName()
              + ": is not a field; the fields here are "
              + e.getKnownPropertyIds().stream()
                  .map(Object::toString)
                  .sorted()
                  .collect(Collectors.joining(", ")));
    } catch (ValueInstantiationException e) {
      throw new InvalidRecogniserException(e.getCause().getMessage());
    } catch (JsonMappingException e) {
      throw new InvalidRecogniserException(path(e.getPath()) + ": is not of its type");
    } catch (IOException e) {
      throw new InvalidRecogniserException("the recogniser cannot be read");
    }
  }

  /** As {@link #read(JsonNode)}, from JSON. */
  public static RecogniserSettings read(String json) throws InvalidRecogniserException {
    try {
      return read(Json.mapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new InvalidRecogniserException("the recogniser is not JSON");
    }
  }

  private static String path(List<JsonMappingException.Reference> path) {
    return path.stream()
        .map(JsonMappingException.Reference::getFieldName)
        .collect(Collectors.joining("."));
  }

  private static void checkAddress(String address, boolean isPrivate) {
    try {
      WebLink link = WebLink.parse(address);
      require(link.query() == null, "address", "must not have a query");
      require(
          isPrivate || link.scheme().equals("https") && link.port() == HTTPS,
          "address",
          "must be https at port 443, unless private is true");
    } catch (ProblemException e) {
      throw new IllegalArgumentException("address: is not a web address", e);
    }
  }

  private static int inRange(Integer value, int byDefault, int min, int max, String field) {
    int number = value == null ? byDefault : value;
    require(number >= min && number <= max, field, "is not from " + min + " to " + max);
    return number;
  }

  private static void require(boolean condition, String field, String problem) {
    if (!condition) {
      throw new IllegalArgumentException(field + ": " + problem);
    }
  }

  /** The time for a recording. */
  public Duration time() {
    return Duration.ofSeconds(seconds);
  }

  /**
   * The version of what it writes: another one when another server or model is asked, or another
   * length is sent.
   */
  public String version() {
    String asked = provider + "\n" + address + "\n" + model + "\n" + region + "\n" + maxSeconds;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(asked.getBytes(StandardCharsets.UTF_8));
      String kind = provider == Provider.OPENAI_COMPATIBLE ? "http" : "transcribe";
      return kind + "-" + HexFormat.of().formatHex(hash).substring(0, VERSION_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
