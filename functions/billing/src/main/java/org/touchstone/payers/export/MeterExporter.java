package org.touchstone.payers.export;

import java.time.Duration;
import java.util.List;
import org.touchstone.domain.account.Payer;

/** A way to tell usage to whoever bills it. */
public interface MeterExporter {
  /** Its name in keys of the bucket and in logs: lower-case letters. */
  String name();

  /** Whether this payer pays there. */
  boolean serves(Payer payer);

  /** What one unit costs there, in millionths of {@link #currency}. */
  long unitMicros();

  /** The currency of its prices, ISO 4217. */
  String currency();

  /** How old the time of a record may be when it arrives. */
  Duration acceptedFor();

  /** How long usage may still be told after the end of a subscription. */
  Duration acceptedAfterEnd();

  /**
   * Sends records, each of another account.
   *
   * @return what became of each, in the same order
   */
  List<Outcome> send(List<MeterRecord> records);

  /** Whether a record that was accepted counts, as far as it can be found out. */
  Check check(MeterRecord record);

  /** When a record that was accepted can be looked up; null when it never can. */
  Duration checkedAfter();

  /** What a look found. */
  enum Check {
    /** It counts. */
    COUNTS,
    /** It was accepted and then refused, so it does not count. */
    MISSING,
    /** Something else is there, and a person must look. */
    OTHER,
    /** There was no answer. */
    UNKNOWN
  }
}
