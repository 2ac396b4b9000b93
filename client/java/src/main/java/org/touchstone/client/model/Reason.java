package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a detector gave no score: a stable code and a short sentence for people. */
public enum Reason {
  @JsonProperty("no-face")
  NO_FACE,
  @JsonProperty("face-too-small")
  FACE_TOO_SMALL,
  @JsonProperty("face-turned")
  FACE_TURNED,
  @JsonProperty("several-faces")
  SEVERAL_FACES,
  @JsonProperty("voice-over")
  VOICE_OVER,
  @JsonProperty("too-short")
  TOO_SHORT,
  @JsonProperty("too-small")
  TOO_SMALL,
  @JsonProperty("too-long")
  TOO_LONG,
  @JsonProperty("too-large")
  TOO_LARGE,
  @JsonProperty("too-dark")
  TOO_DARK,
  @JsonProperty("no-speech")
  NO_SPEECH,
  @JsonProperty("music")
  MUSIC,
  @JsonProperty("dial-tone")
  DIAL_TONE,
  @JsonProperty("too-noisy")
  TOO_NOISY,
  @JsonProperty("unclear-speech")
  UNCLEAR_SPEECH,
  @JsonProperty("no-audio")
  NO_AUDIO,
  @JsonProperty("no-signal")
  NO_SIGNAL,
  @JsonProperty("not-installed")
  NOT_INSTALLED,
  @JsonProperty("not-configured")
  NOT_CONFIGURED,
  @JsonProperty("not-allowed")
  NOT_ALLOWED,
  @JsonProperty("no-answer")
  NO_ANSWER,
  @JsonProperty("not-applicable")
  NOT_APPLICABLE,
  @JsonProperty("not-needed")
  NOT_NEEDED,
  @JsonProperty("limit-reached")
  LIMIT_REACHED,
  @JsonProperty("unsupported")
  UNSUPPORTED,
  @JsonProperty("corrupt")
  CORRUPT,
  @JsonProperty("timeout")
  TIMEOUT,
  @JsonProperty("worker-lost")
  WORKER_LOST,
  @JsonProperty("environment")
  ENVIRONMENT,
  @JsonProperty("error")
  ERROR,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
