package org.touchstone.domain.voting;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.provenance.Signal;
import org.touchstone.domain.provenance.Statement;
import org.touchstone.domain.provenance.Voucher;

/**
 * A row of the table that says what signed statements mean for the verdict. It stands beside the
 * vote: it is added to no sum, and no detector outweighs it.
 *
 * @param signal what is said
 * @param vouchedBy who must vouch for those who say it; any of these
 * @param unless other signals that undo the row, whoever gives them
 * @param effect what follows
 */
public record ProvenanceRule(
    @JsonProperty(required = true) Signal signal,
    @JsonProperty(required = true) List<Voucher> vouchedBy,
    List<Signal> unless,
    @JsonProperty(required = true) Effect effect) {
  public ProvenanceRule {
    Check.present(signal, "signal");
    Check.present(effect, "effect");
    vouchedBy = Check.list(Check.present(vouchedBy, "vouchedBy"), "vouchedBy");
    Check.require(!vouchedBy.isEmpty(), "vouchedBy", "must not be empty");
    Check.require(
        !vouchedBy.contains(Voucher.NOBODY),
        "vouchedBy",
        "must not be nobody: anybody can make a certificate");
    unless = Check.list(unless, "unless");
    Check.require(
        effect
            == Effect.TRUSTED
            == (signal == Signal.CAPTURED || signal == Signal.CAPTURED_STITCHED),
        "effect",
        "is trusted for what was captured, and only for that");
  }

  /** What a row does to the level of a medium. */
  public enum Effect {
    /** {@code high}, whatever detectors say. */
    @JsonProperty("high")
    HIGH,
    /** {@code uncertain}, or {@code high} if detectors say so. */
    @JsonProperty("uncertain")
    UNCERTAIN,
    /** {@code trusted}; {@code uncertain} if detectors say {@code high}. */
    @JsonProperty("trusted")
    TRUSTED
  }

  /** Whether a medium's provenance meets the row. */
  boolean isMetBy(Provenance provenance) {
    List<Statement> statements = provenance.statements();
    return provenance.hasSoundCredentials()
        && statements.stream()
            .anyMatch(said -> said.signal() == signal && vouchedBy.contains(said.vouchedBy()))
        && statements.stream().noneMatch(said -> unless.contains(said.signal()));
  }
}
