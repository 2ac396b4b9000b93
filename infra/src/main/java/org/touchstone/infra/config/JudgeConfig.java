package org.touchstone.infra.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * A language model that judges what is said. {@code docs/audio.md} describes the keys; the function
 * that asks it reads and checks all of them.
 *
 * @param provider how it is asked
 * @param name its name in reports, or null for the provider's
 * @param address the start of its addresses, or null for Bedrock's
 * @param region the region of Bedrock, or null for the deployment's
 * @param model the model's name at its server
 * @param anyModel whether the server may name another model in its answers, or null
 * @param secret name of its secret, or null for none
 * @param isPrivate whether the address may be in a private network, or null
 * @param thirdParty whether another organisation runs it, or null for true
 * @param answer how the form of the answer is enforced, or null
 * @param prompt the version of the prompt, or null for the newest
 * @param temperature 0 to 1, or null
 * @param noTemperature whether none is sent, or null
 * @param votes how often it is asked, or null
 * @param seconds the time for a question, or null
 * @param retries how often a request is repeated, or null
 * @param maxOutputTokens the longest answer, or null
 * @param usdPerMillionInput price of a million tokens of prompts, or null
 * @param usdPerMillionOutput price of a million tokens of answers, or null
 * @param usdPerMonth the most that a month may cost, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JudgeConfig(
    Provider provider,
    String name,
    String address,
    String region,
    String model,
    Boolean anyModel,
    String secret,
    @JsonProperty("private") Boolean isPrivate,
    Boolean thirdParty,
    String answer,
    String prompt,
    Double temperature,
    Boolean noTemperature,
    Integer votes,
    Integer seconds,
    Integer retries,
    Integer maxOutputTokens,
    Double usdPerMillionInput,
    Double usdPerMillionOutput,
    Double usdPerMonth) {

  /** How a judge is asked. */
  public enum Provider {
    @JsonProperty("openai-compatible")
    OPENAI_COMPATIBLE,
    @JsonProperty("bedrock")
    BEDROCK
  }

  /** Whether another organisation runs it, so that an analysis may forbid to ask it. */
  @JsonIgnore
  public boolean isThirdParty() {
    return !Boolean.FALSE.equals(thirdParty);
  }

  /** The description as the function that asks it reads it. */
  public String json() {
    try {
      return new JsonMapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read can be written", e);
    }
  }
}
