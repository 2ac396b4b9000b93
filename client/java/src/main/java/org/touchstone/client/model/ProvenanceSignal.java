package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What a manifest says of how a medium came to be, by the names of C2PA's Asset Rubrics. */
public enum ProvenanceSignal {
  @JsonProperty("fullyGenAIMedia")
  FULLY_GEN_AI_MEDIA,
  @JsonProperty("partlyGenAICreation")
  PARTLY_GEN_AI_CREATION,
  @JsonProperty("perceptibleGenAI")
  PERCEPTIBLE_GEN_AI,
  @JsonProperty("perceptiblePossiblyGenAI")
  PERCEPTIBLE_POSSIBLY_GEN_AI,
  @JsonProperty("perceptibleNonGenAI")
  PERCEPTIBLE_NON_GEN_AI,
  @JsonProperty("nonEditorial")
  NON_EDITORIAL,
  @JsonProperty("ambiguousActions")
  AMBIGUOUS_ACTIONS,
  @JsonProperty("capturedMedia")
  CAPTURED_MEDIA,
  @JsonProperty("capturedMediaStitched")
  CAPTURED_MEDIA_STITCHED,
  @JsonProperty("screenCaptureMayContainGenAI")
  SCREEN_CAPTURE_MAY_CONTAIN_GEN_AI,
  @JsonProperty("compositionMayContainGenAI")
  COMPOSITION_MAY_CONTAIN_GEN_AI,
  @JsonProperty("nonGenAIDigitalCreation")
  NON_GEN_AIDIGITAL_CREATION,
  @JsonProperty("blankCanvas")
  BLANK_CANVAS,
  @JsonProperty("mediaUnknownProvenance")
  MEDIA_UNKNOWN_PROVENANCE,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
