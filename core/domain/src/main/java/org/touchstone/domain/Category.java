package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kind of evidence a detector looks for. */
public enum Category {
  @JsonProperty("faces")
  FACES("Faces"),
  @JsonProperty("generative")
  GENERATIVE("Generative AI"),
  @JsonProperty("noise")
  NOISE("Visual noise"),
  @JsonProperty("voice")
  VOICE("Voices"),
  @JsonProperty("semantic")
  SEMANTIC("Semantic"),
  @JsonProperty("forensic")
  FORENSIC("Forensic");

  private final String title;

  Category(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
