package org.touchstone.client.model;

import java.time.Instant;
import java.util.List;

/**
 * A step of the story that credentials tell, to be put in words of any language.
 *
 * @param kind what was done
 * @param credential who says so, as a place in credentials, from 0
 * @param vouched whether the signer vouches for it; false for what was only passed on from others
 * @param action the name in the credentials, such as c2pa.edited; absent for a signature
 * @param sourceType digital source type, the last part of its URI; absent when it is not said
 * @param tool the software that did it; absent when it is not said
 * @param description what was done, in the words of the software; absent when it is not said
 * @param at when; of a signature the time that its time stamp gives. Absent when it is not known
 * @param with titles of the media that it was done with; left out of the JSON when there are none
 */
public record ProvenanceStep(
    ProvenanceStepKind kind,
    Long credential,
    Boolean vouched,
    String action,
    String sourceType,
    String tool,
    String description,
    Instant at,
    List<String> with) {
  public ProvenanceStep {
    with = with == null ? List.of() : List.copyOf(with);
  }
}
