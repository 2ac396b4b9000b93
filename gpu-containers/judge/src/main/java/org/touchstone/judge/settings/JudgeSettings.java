package org.touchstone.judge.settings;

import static org.touchstone.domain.settings.Checks.checkAddress;
import static org.touchstone.domain.settings.Checks.checkModel;
import static org.touchstone.domain.settings.Checks.checkSecret;
import static org.touchstone.domain.settings.Checks.inRange;
import static org.touchstone.domain.settings.Checks.isName;
import static org.touchstone.domain.settings.Checks.isRegion;
import static org.touchstone.domain.settings.Checks.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import org.touchstone.domain.settings.InvalidSettingsException;
import org.touchstone.domain.settings.SettingsReader;
import org.touchstone.judge.cost.Price;
import org.touchstone.judge.prompt.Prompts;

/**
 * A judge's description, as {@code judge.yaml} gives it.
 *
 * @param provider how it is asked
 * @param name its name in reports and under which its costs are counted; the provider's when absent
 * @param address the address before {@code /chat/completions}, such as {@code
 *     https://api.openai.com/v1}; for Bedrock an endpoint in place of the region's own, absent
 *     otherwise
 * @param region the region of Bedrock; the process' own when absent
 * @param model the model's name at its server
 * @param anyModel whether the server may name another model in its answers, as servers do that load
 *     one model only; false when absent
 * @param secret the name of the key in the file of secrets or in Secrets Manager; absent for a
 *     server without keys
 * @param isPrivate {@code private}: whether the address may be unencrypted and on this machine or a
 *     private network; false when absent
 * @param thirdParty whether another organisation runs it, so that analyses may forbid it; true when
 *     absent
 * @param answer how the form of the answer is enforced; by a tool when absent
 * @param prompt the version of the prompt
 * @param temperature 0..1; absent for {@link #LOW_TEMPERATURE}. With {@code noTemperature} none is
 *     sent
 * @param noTemperature for models that accept no temperature; false when absent
 * @param votes how often it is asked, 1 to {@link #MAX_VOTES}; once when absent
 * @param seconds the time for a question with all its votes, at most {@link #MAX_SECONDS}
 * @param retries how often a request is repeated that is refused for the moment, and an answer
 *     asked for again that fails a check; twice when absent
 * @param maxOutputTokens the longest answer
 * @param usdPerMillionInput price of a million tokens of prompts; 0 when absent
 * @param usdPerMillionOutput price of a million tokens of answers; 0 when absent
 * @param usdPerMonth the most for a month; absent for no limit
 */
public record JudgeSettings(
    Provider provider,
    String name,
    String address,
    String region,
    String model,
    Boolean anyModel,
    String secret,
    @JsonProperty("private") Boolean isPrivate,
    Boolean thirdParty,
    AnswerForm answer,
    String prompt,
    Double temperature,
    Boolean noTemperature,
    Integer votes,
    Integer seconds,
    Integer retries,
    Integer maxOutputTokens,
    BigDecimal usdPerMillionInput,
    BigDecimal usdPerMillionOutput,
    BigDecimal usdPerMonth) {
  /** The temperature in use where none is given. */
  public static final double LOW_TEMPERATURE = 0.2;

  public static final int MAX_VOTES = 9;

  /** The function that asks has five minutes. */
  public static final int MAX_SECONDS = 240;

  private static final int DEFAULT_SECONDS = 120;
  private static final int DEFAULT_RETRIES = 2;
  private static final int DEFAULT_OUTPUT_TOKENS = 1500;
  private static final int MAX_USD = 1_000_000;
  private static final int MICROS = 6;

  private static final SettingsReader<JudgeSettings> READER =
      new SettingsReader<>(JudgeSettings.class, "the judge");

  public JudgeSettings {
    require(provider != null, "provider", "is missing");
    name = name == null ? provider == Provider.BEDROCK ? "bedrock" : "openai-compatible" : name;
    require(isName(name), "name", "is not lower-case letters, digits and hyphens");
    anyModel = Boolean.TRUE.equals(anyModel);
    isPrivate = Boolean.TRUE.equals(isPrivate);
    thirdParty = !Boolean.FALSE.equals(thirdParty);
    if (address == null) {
      require(provider == Provider.BEDROCK, "address", "is missing");
    } else {
      checkAddress(address, isPrivate);
    }
    require(
        region == null || provider == Provider.BEDROCK && isRegion(region),
        "region",
        "is not a region of AWS, which only bedrock has");
    checkModel(model);
    checkSecret(secret);
    answer = answer == null ? AnswerForm.TOOL : answer;
    require(
        answer == AnswerForm.TOOL || provider == Provider.OPENAI_COMPATIBLE,
        "answer",
        "must be tool with bedrock");
    prompt = prompt == null ? Prompts.CURRENT : prompt;
    require(
        Prompts.VERSIONS.contains(prompt),
        "prompt",
        "is not one of " + String.join(", ", Prompts.VERSIONS));
    noTemperature = Boolean.TRUE.equals(noTemperature);
    temperature = temperature == null ? LOW_TEMPERATURE : temperature;
    require(temperature >= 0 && temperature <= 1, "temperature", "is not from 0 to 1");
    votes = inRange(votes, 1, 1, MAX_VOTES, "votes");
    seconds = inRange(seconds, DEFAULT_SECONDS, 1, MAX_SECONDS, "seconds");
    retries = inRange(retries, DEFAULT_RETRIES, 0, 5, "retries");
    maxOutputTokens =
        inRange(maxOutputTokens, DEFAULT_OUTPUT_TOKENS, 100, 32_000, "maxOutputTokens");
    usdPerMillionInput = amount(usdPerMillionInput, "usdPerMillionInput");
    usdPerMillionOutput = amount(usdPerMillionOutput, "usdPerMillionOutput");
    if (usdPerMonth != null) {
      amount(usdPerMonth, "usdPerMonth");
      require(
          usdPerMillionInput.signum() > 0 || usdPerMillionOutput.signum() > 0,
          "usdPerMonth",
          "needs the prices usdPerMillionInput and usdPerMillionOutput");
    }
  }

  /**
   * Reads a description.
   *
   * @throws InvalidSettingsException when it is not valid
   */
  public static JudgeSettings read(JsonNode description) throws InvalidSettingsException {
    return READER.read(description);
  }

  /** As {@link #read(JsonNode)}, from JSON. */
  public static JudgeSettings read(String json) throws InvalidSettingsException {
    return READER.read(json);
  }

  private static BigDecimal amount(BigDecimal usd, String field) {
    BigDecimal amount = usd == null ? BigDecimal.ZERO : usd;
    require(
        amount.signum() >= 0
            && amount.compareTo(BigDecimal.valueOf(MAX_USD)) <= 0
            && amount.stripTrailingZeros().scale() <= MICROS,
        field,
        "is not an amount in US dollars from 0 to " + MAX_USD + " with at most six decimals");
    return amount;
  }

  /** The time for a question with all its votes. */
  public Duration time() {
    return Duration.ofSeconds(seconds);
  }

  public Price price() {
    return new Price(
        usdPerMillionInput,
        usdPerMillionOutput,
        usdPerMonth == null ? null : usdPerMonth.movePointRight(MICROS).longValueExact());
  }
}
