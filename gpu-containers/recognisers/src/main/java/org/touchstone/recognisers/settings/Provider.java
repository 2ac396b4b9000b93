package org.touchstone.recognisers.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a service is asked. */
public enum Provider {
  /** {@code POST /audio/transcriptions} as OpenAI documents it, which many servers imitate. */
  @JsonProperty("openai-compatible")
  OPENAI_COMPATIBLE,
  /** Amazon Transcribe in the deployment's own account. */
  @JsonProperty("amazon-transcribe")
  AMAZON_TRANSCRIBE
}
