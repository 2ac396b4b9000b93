package org.touchstone.domain.provenance;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * A label or trace of a generator that a file or a post carries.
 *
 * @param id which one, such as {@code tc260-generated}
 * @param meaning what it says
 * @param generator the generator it names; absent when it names none
 * @param where where it stands, such as {@code exif:UserComment}
 * @param value what stands there, shortened
 * @param forgeability how hard it is to fake
 */
public record Label(
    String id,
    Meaning meaning,
    String generator,
    String where,
    String value,
    Forgeability forgeability) {
  public Label {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(meaning, "meaning");
    Objects.requireNonNull(forgeability, "forgeability");
  }

  /** What a label says. */
  public enum Meaning {
    /** A generator made it. */
    @JsonProperty("generated")
    GENERATED,
    /** A generator changed it, or made a part of it. */
    @JsonProperty("edited")
    EDITED,
    /** A generator may have made it. */
    @JsonProperty("possible")
    POSSIBLE,
    /** Of interest, without weight. */
    @JsonProperty("note")
    NOTE
  }

  /** How hard it is to fake. */
  public enum Forgeability {
    /** Anybody can write it into a file. */
    @JsonProperty("anybody")
    ANYBODY,
    /** A platform says so; whoever posts there may have chosen it. */
    @JsonProperty("platform")
    PLATFORM
  }
}
