package org.touchstone.domain.provenance;

import java.util.Objects;

/**
 * A signal of valid credentials, and who vouches for those who say so.
 *
 * @param signal what is said
 * @param vouchedBy the weakest voucher of all who signed on the way from the one who says so to the
 *     medium
 * @param credential who says so: a number in {@link org.touchstone.domain.Provenance#credentials}
 */
public record Statement(Signal signal, Voucher vouchedBy, int credential) {
  public Statement {
    Objects.requireNonNull(signal, "signal");
    vouchedBy = vouchedBy == null ? Voucher.NOBODY : vouchedBy;
  }
}
