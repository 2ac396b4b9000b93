package org.touchstone.domain.provenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A step of the story that credentials tell, to be put in words of any language.
 *
 * @param kind what was done
 * @param credential who says so: a number in {@link org.touchstone.domain.Provenance#credentials}
 * @param vouched whether the signer vouches for it; false for what was only passed on from others
 * @param action the name in the credentials, such as {@code c2pa.edited}; absent for a signature
 * @param sourceType digital source type, the last part of its URI; absent when it is not said
 * @param tool the software that did it; absent when it is not said
 * @param description what was done, in the words of the software; absent when it is not said
 * @param at when; of a signature the time that its time stamp gives. Absent when it is not known
 * @param with titles of the media that it was done with; left out of the JSON when there are none
 */
public record Step(
    Kind kind,
    int credential,
    boolean vouched,
    String action,
    String sourceType,
    String tool,
    String description,
    Instant at,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> with) {
  public Step {
    Objects.requireNonNull(kind, "kind");
    with = with == null ? List.of() : List.copyOf(with);
  }

  /** What was done. */
  public enum Kind {
    /** Taken by a camera or a microphone. */
    @JsonProperty("captured")
    CAPTURED,
    /** Made by a generator. */
    @JsonProperty("generated")
    GENERATED,
    /** Made in part by a generator. */
    @JsonProperty("partly-generated")
    PARTLY_GENERATED,
    /** Taken from a screen. */
    @JsonProperty("screen-captured")
    SCREEN_CAPTURED,
    /** Made in another way, or it is not said how. */
    @JsonProperty("made")
    MADE,
    /** Opened, to make a new version of it. */
    @JsonProperty("opened")
    OPENED,
    /** Another medium was put into it. */
    @JsonProperty("placed")
    PLACED,
    /** Changed by a generator. */
    @JsonProperty("edited-with-ai")
    EDITED_WITH_AI,
    /** Changed in a way that may be seen or heard. */
    @JsonProperty("edited")
    EDITED,
    /** Cropped, or made larger or smaller. */
    @JsonProperty("resized")
    RESIZED,
    /** Written in another format or with other encoding. */
    @JsonProperty("converted")
    CONVERTED,
    /** Its metadata were changed. */
    @JsonProperty("metadata-edited")
    METADATA_EDITED,
    /** A watermark was added. */
    @JsonProperty("watermarked")
    WATERMARKED,
    /** Something was removed from earlier credentials. */
    @JsonProperty("redacted")
    REDACTED,
    /** Published. */
    @JsonProperty("published")
    PUBLISHED,
    /** Something else; {@code action} has its name. */
    @JsonProperty("other")
    OTHER,
    /** All before it that has the same credential was signed. */
    @JsonProperty("signed")
    SIGNED
  }
}
