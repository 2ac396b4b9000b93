package org.touchstone.recognisers.settings;

import static org.touchstone.domain.settings.Checks.checkAddress;
import static org.touchstone.domain.settings.Checks.checkModel;
import static org.touchstone.domain.settings.Checks.checkSecret;
import static org.touchstone.domain.settings.Checks.inRange;
import static org.touchstone.domain.settings.Checks.isRegion;
import static org.touchstone.domain.settings.Checks.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.touchstone.domain.files.Sha256;
import org.touchstone.domain.settings.InvalidSettingsException;
import org.touchstone.domain.settings.SettingsReader;

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
  private static final int VERSION_DIGITS = 12;

  private static final SettingsReader<RecogniserSettings> READER =
      new SettingsReader<>(RecogniserSettings.class, "the recogniser");

  public RecogniserSettings {
    require(provider != null, "provider", "is missing");
    boolean http = provider == Provider.OPENAI_COMPATIBLE;
    isPrivate = Boolean.TRUE.equals(isPrivate);
    thirdParty = !Boolean.FALSE.equals(thirdParty);
    if (http) {
      require(address != null, "address", "is missing");
      checkAddress(address, isPrivate);
      checkModel(model);
    } else {
      require(address == null, "address", "is only for openai-compatible");
      require(model == null, "model", "is only for openai-compatible");
      require(secret == null, "secret", "is only for openai-compatible");
    }
    checkSecret(secret);
    require(
        region == null || !http && isRegion(region),
        "region",
        "is not a region of AWS, which only amazon-transcribe has");
    maxSeconds = inRange(maxSeconds, DEFAULT_LENGTH, 1, MAX_LENGTH, "maxSeconds");
    seconds = inRange(seconds, DEFAULT_TIME, 1, MAX_TIME, "seconds");
    retries = inRange(retries, 2, 0, 5, "retries");
  }

  /**
   * Reads a description.
   *
   * @throws InvalidSettingsException when it is not valid
   */
  public static RecogniserSettings read(JsonNode description) throws InvalidSettingsException {
    return READER.read(description);
  }

  /** As {@link #read(JsonNode)}, from JSON. */
  public static RecogniserSettings read(String json) throws InvalidSettingsException {
    return READER.read(json);
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
    String kind = provider == Provider.OPENAI_COMPATIBLE ? "http" : "transcribe";
    return kind + "-" + Sha256.of(asked).substring(0, VERSION_DIGITS);
  }
}
