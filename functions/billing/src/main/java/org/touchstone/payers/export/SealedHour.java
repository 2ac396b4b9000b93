package org.touchstone.payers.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.touchstone.domain.account.Payer;

/**
 * The usage facts that one record tells of: those of an account's hour, and what came late before.
 * Facts, quantity, hour and payer never change once it is sealed.
 *
 * @param hour the start of the record's hour
 * @param payer who pays
 * @param facts the analyses whose facts it holds
 * @param micros their price
 * @param carriedIn what earlier records left over, less than a unit; negative when an earlier
 *     record turned out not to count after its remainder was used
 * @param quantity units: the price and what was carried in, rounded down
 * @param carriedOut what is left for the next record
 * @param triedAt when it was first sent; absent before
 * @param uncertain whether it was sent without a certain outcome
 * @param status how far it is
 * @param note the receipt, or why it was refused; absent without one
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SealedHour(
    Instant hour,
    Payer payer,
    List<String> facts,
    long micros,
    long carriedIn,
    long quantity,
    long carriedOut,
    Instant triedAt,
    boolean uncertain,
    Status status,
    String note) {
  public SealedHour {
    facts = List.copyOf(facts);
  }

  /** How far a sealed hour is. */
  @RegisterForReflection
  public enum Status {
    /** It is to be sent. */
    @JsonProperty("pending")
    PENDING,
    /** It was accepted, or is worth less than a unit. */
    @JsonProperty("sent")
    SENT,
    /** It was looked up, and counts. */
    @JsonProperty("confirmed")
    CONFIRMED,
    /** Nobody will bill it: the subscription had ended. */
    @JsonProperty("refused")
    REFUSED,
    /**
     * Nobody can find out whether it counts. It is not sent again, so it is billed once at most.
     */
    @JsonProperty("unconfirmed")
    UNCONFIRMED
  }

  static SealedHour of(
      Instant hour,
      Payer payer,
      List<String> facts,
      long micros,
      long carriedIn,
      long unitMicros,
      long mostUnits) {
    long due = Math.addExact(micros, carriedIn);
    long quantity = Math.min(mostUnits, Math.max(0, Math.floorDiv(due, unitMicros)));
    return new SealedHour(
        hour,
        payer,
        facts,
        micros,
        carriedIn,
        quantity,
        due - quantity * unitMicros,
        null,
        false,
        Status.PENDING,
        null);
  }

  MeterRecord record(String accountId) {
    Instant since = payer.since().truncatedTo(ChronoUnit.SECONDS);
    return new MeterRecord(
        accountId, payer, hour, since.isAfter(hour) ? since : hour, quantity, triedAt);
  }

  /** Before an attempt: from now on, nobody knows. */
  SealedHour trying(Instant now) {
    return new SealedHour(
        hour,
        payer,
        facts,
        micros,
        carriedIn,
        quantity,
        carriedOut,
        triedAt == null ? now : triedAt,
        true,
        status,
        note);
  }

  SealedHour uncertain(boolean still) {
    return new SealedHour(
        hour, payer, facts, micros, carriedIn, quantity, carriedOut, triedAt, still, status, note);
  }

  SealedHour ended(Status end, String why) {
    boolean counts = end == Status.SENT || end == Status.CONFIRMED;
    return new SealedHour(
        hour,
        payer,
        facts,
        micros,
        carriedIn,
        quantity,
        // What nobody is known to pay for leaves nothing behind.
        counts ? carriedOut : carriedIn,
        triedAt,
        !counts && uncertain,
        end,
        why);
  }
}
