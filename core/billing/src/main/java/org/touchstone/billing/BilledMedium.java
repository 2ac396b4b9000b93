package org.touchstone.billing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.touchstone.domain.Modality;

/**
 * What one medium of an analysis costs.
 *
 * @param mediaId the medium; absent in facts of older versions
 * @param sha256 lower-case hexadecimal SHA-256 of its bytes; absent in facts of older versions
 * @param modality what it is
 * @param seconds its length in seconds, as measured; absent for images and when unknown
 * @param unit what is counted; minutes are rounded up to whole ones
 * @param units how many, after rounding
 * @param unitMicros the price of one, in millionths of the fact's currency
 * @param micros what is owed, in millionths of the fact's currency; 0 when it is free
 * @param free why nothing is owed; absent when the price is owed, even if that is 0
 */
public record BilledMedium(
    String mediaId,
    String sha256,
    Modality modality,
    Double seconds,
    Unit unit,
    long units,
    long unitMicros,
    long micros,
    Free free) {
  public BilledMedium {
    Objects.requireNonNull(modality, "modality");
    unit = unit == null ? Unit.of(modality) : unit;
  }

  /** Why nothing is owed for a medium. */
  public enum Free {
    /** No detector gave a score. */
    @JsonProperty("abstained")
    ABSTAINED,
    /** The account has paid for the same bytes before. */
    @JsonProperty("analysed-before")
    ANALYSED_BEFORE,
    /** The fact was written by a version that knew no prices. */
    @JsonProperty("unpriced")
    UNPRICED
  }
}
