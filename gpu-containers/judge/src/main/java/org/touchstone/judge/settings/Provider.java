package org.touchstone.judge.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a language model is asked. */
public enum Provider {
  /** A chat endpoint as OpenAI documents it; many servers have one. */
  @JsonProperty("openai-compatible")
  OPENAI_COMPATIBLE,
  /** Amazon Bedrock's Converse. */
  @JsonProperty("bedrock")
  BEDROCK
}
