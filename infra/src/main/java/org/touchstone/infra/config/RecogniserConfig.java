package org.touchstone.infra.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * A service that writes down what is said, in place of an installed recogniser, at the endpoints on
 * CPUs. {@code docs/audio.md} describes the keys; the endpoint reads and checks all of them.
 *
 * @param provider how it is asked
 * @param address the start of its addresses, or null for Amazon Transcribe's
 * @param model the model's name at its server, or null for Amazon Transcribe's
 * @param secret name of its secret, or null for none
 * @param isPrivate whether the address may be in a private network, or null
 * @param thirdParty whether another organisation runs it, or null for true
 * @param region the region of Amazon Transcribe, or null for the deployment's
 * @param maxSeconds the most that is sent of a recording, or null
 * @param seconds the time for a recording, or null
 * @param retries how often a request is repeated, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecogniserConfig(
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

  /** How a recogniser is asked. */
  public enum Provider {
    @JsonProperty("openai-compatible")
    OPENAI_COMPATIBLE,
    @JsonProperty("amazon-transcribe")
    AMAZON_TRANSCRIBE
  }

  /** The description as the endpoint reads it. */
  @JsonIgnore
  public String json() {
    try {
      return new JsonMapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read can be written", e);
    }
  }
}
