package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What was done in a step of a medium's story. */
public enum ProvenanceStepKind {
  @JsonProperty("captured")
  CAPTURED,
  @JsonProperty("generated")
  GENERATED,
  @JsonProperty("partly-generated")
  PARTLY_GENERATED,
  @JsonProperty("screen-captured")
  SCREEN_CAPTURED,
  @JsonProperty("made")
  MADE,
  @JsonProperty("opened")
  OPENED,
  @JsonProperty("placed")
  PLACED,
  @JsonProperty("edited-with-ai")
  EDITED_WITH_AI,
  @JsonProperty("edited")
  EDITED,
  @JsonProperty("resized")
  RESIZED,
  @JsonProperty("converted")
  CONVERTED,
  @JsonProperty("metadata-edited")
  METADATA_EDITED,
  @JsonProperty("watermarked")
  WATERMARKED,
  @JsonProperty("redacted")
  REDACTED,
  @JsonProperty("published")
  PUBLISHED,
  @JsonProperty("other")
  OTHER,
  @JsonProperty("signed")
  SIGNED,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
