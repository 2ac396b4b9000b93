package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * A platform's own label on a post: that a generator made or changed what it shows. Whoever posts
 * may have chosen it, and its absence says nothing.
 *
 * @param extent what is declared
 * @param by who says so; absent when the platform does not tell
 * @param value the platform's own value, such as {@code SELF_DISCLOSURE_FLOW}
 */
public record DeclaredAi(Extent extent, By by, String value) {
  public DeclaredAi {
    Objects.requireNonNull(extent, "extent");
    Objects.requireNonNull(value, "value");
  }

  /** What is declared. */
  public enum Extent {
    /** A generator made it. */
    @JsonProperty("generated")
    GENERATED,
    /** A generator changed it. */
    @JsonProperty("edited")
    EDITED
  }

  /** Who says so. */
  public enum By {
    /** Whoever posted it. */
    @JsonProperty("author")
    AUTHOR,
    /** The platform, by itself. */
    @JsonProperty("platform")
    PLATFORM,
    /** The file that was posted, by its metadata. */
    @JsonProperty("metadata")
    METADATA,
    /** The file that was posted, by a watermark that the platform can read. */
    @JsonProperty("watermark")
    WATERMARK
  }
}
