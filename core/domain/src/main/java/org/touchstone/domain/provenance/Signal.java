package org.touchstone.domain.provenance;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a manifest says of how a medium came to be, by the names of C2PA's Asset Rubrics 1.0
 * (signals of one manifest).
 */
public enum Signal {
  /** All of it was made by a generator. */
  @JsonProperty("fullyGenAIMedia")
  FULLY_GENERATED,
  /** Made of parts, of which a generator made some; or made from generated media. */
  @JsonProperty("partlyGenAICreation")
  PARTLY_GENERATED,
  /** A generator changed it in a way that can be seen or heard. */
  @JsonProperty("perceptibleGenAI")
  EDITED_WITH_AI,
  /** Changed visibly or audibly by something that may or may not be a generator. */
  @JsonProperty("perceptiblePossiblyGenAI")
  EDITED_PERHAPS_WITH_AI,
  /** Changed visibly or audibly without a generator. */
  @JsonProperty("perceptibleNonGenAI")
  EDITED,
  /** Changes that leave the content as it is, such as another size or format. */
  @JsonProperty("nonEditorial")
  NON_EDITORIAL,
  /** Not all that was done is said, or not clearly. */
  @JsonProperty("ambiguousActions")
  AMBIGUOUS,
  /** Taken by a camera or a microphone. */
  @JsonProperty("capturedMedia")
  CAPTURED,
  /** Several shots in one, such as a panorama. */
  @JsonProperty("capturedMediaStitched")
  CAPTURED_STITCHED,
  /** A picture of a screen, which may show anything. */
  @JsonProperty("screenCaptureMayContainGenAI")
  SCREEN,
  /** Made of parts of which it is not said whether a generator made them. */
  @JsonProperty("compositionMayContainGenAI")
  COMPOSED,
  /** Drawn or composed with software, without a generator. */
  @JsonProperty("nonGenAIDigitalCreation")
  DRAWN,
  /** Began as an empty page. */
  @JsonProperty("blankCanvas")
  BLANK,
  /** Made from media that have no credentials. */
  @JsonProperty("mediaUnknownProvenance")
  UNKNOWN_ORIGIN
}
