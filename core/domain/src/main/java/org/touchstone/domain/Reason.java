package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a detector gave no score: a stable code and a short sentence for people. */
public enum Reason {
  @JsonProperty("no-face")
  NO_FACE("no face was found"),
  @JsonProperty("face-too-small")
  FACE_TOO_SMALL("the faces are too small"),
  @JsonProperty("face-turned")
  FACE_TURNED("the face is turned away"),
  @JsonProperty("several-faces")
  SEVERAL_FACES("several faces are visible at once"),
  @JsonProperty("voice-over")
  VOICE_OVER("the visible face does not speak"),
  @JsonProperty("too-short")
  TOO_SHORT("it is too short"),
  @JsonProperty("too-small")
  TOO_SMALL("it is too small"),
  @JsonProperty("too-long")
  TOO_LONG("it is longer than the detector accepts here"),
  @JsonProperty("too-large")
  TOO_LARGE("it is larger than the detector accepts here"),
  @JsonProperty("too-dark")
  TOO_DARK("it is too dark"),
  @JsonProperty("no-speech")
  NO_SPEECH("no speech was found"),
  @JsonProperty("music")
  MUSIC("it is music or a song"),
  @JsonProperty("dial-tone")
  DIAL_TONE("it is a dial, ring or busy tone"),
  @JsonProperty("too-noisy")
  TOO_NOISY("its speech is drowned by noise"),
  @JsonProperty("unclear-speech")
  UNCLEAR_SPEECH("the speech could not be understood"),
  @JsonProperty("no-audio")
  NO_AUDIO("it has no audio track"),
  @JsonProperty("no-signal")
  NO_SIGNAL("no trace of a generator was found"),
  @JsonProperty("not-installed")
  NOT_INSTALLED("its model is not installed"),
  @JsonProperty("not-configured")
  NOT_CONFIGURED("no language model is configured to judge it"),
  @JsonProperty("not-allowed")
  NOT_ALLOWED("the analysis allows nothing to be sent to other organisations"),
  @JsonProperty("no-answer")
  NO_ANSWER("the judge gave no usable answer"),
  @JsonProperty("not-applicable")
  NOT_APPLICABLE("it does not apply to this medium"),
  @JsonProperty("not-needed")
  NOT_NEEDED("the verdict is settled without it"),
  @JsonProperty("limit-reached")
  LIMIT_REACHED("its limit of cost or rate is reached"),
  @JsonProperty("unsupported")
  UNSUPPORTED("the format is not supported"),
  @JsonProperty("corrupt")
  CORRUPT("the medium cannot be decoded"),
  @JsonProperty("timeout")
  TIMEOUT("it took too long"),
  @JsonProperty("worker-lost")
  WORKER_LOST("the machine working on it was lost"),
  @JsonProperty("environment")
  ENVIRONMENT("the machine working on it has a fault"),
  @JsonProperty("error")
  @JsonEnumDefaultValue
  ERROR("something went wrong");

  private final String sentence;

  Reason(String sentence) {
    this.sentence = sentence;
  }

  /** A clause that follows "abstained because". */
  public String sentence() {
    return sentence;
  }

  /** The JSON name. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
