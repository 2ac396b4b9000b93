package org.touchstone.billing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry in an account's book of what it may come to owe: an empty object, all of it in its key,
 * so that a listing reads the whole book.
 *
 * @param key the object's key
 * @param day the day of UTC on which the analysis was accepted
 * @param analysisId the analysis
 * @param step how it came about; the later one holds
 * @param analyses 1, or 0 for an analysis that failed
 * @param micros millionths of the currency
 * @param stamp when it was written; of a final one, when the analysis ended
 */
record HeldEntry(
    String key,
    LocalDate day,
    String analysisId,
    Step step,
    int analyses,
    long micros,
    Instant stamp) {
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{2})/([0-9a-z]{26})/([019])-([01])-([0-9]{1,18})-([0-9]{1,15})-([0-9a-z]+)");
  private static final String FINAL_MARK = "end";
  private static final int DAY = 1;
  private static final int ID = 2;
  private static final int STEP = 3;
  private static final int ANALYSES = 4;
  private static final int MICROS = 5;
  private static final int STAMP = 6;

  /** How an entry came about. */
  enum Step {
    /** The analysis is about to be accepted. */
    RESERVED("0"),
    /** Its media are known. */
    RAISED("1"),
    /** It has ended. */
    FINAL("9");

    private final String digit;

    Step(String digit) {
      this.digit = digit;
    }

    private static Step of(String digit) {
      for (Step step : values()) {
        if (step.digit.equals(digit)) {
          return step;
        }
      }
      throw new IllegalArgumentException("not a step");
    }
  }

  /**
   * An entry that holds money or a place for an analysis.
   *
   * @param mark tells it apart from those of other tries
   */
  static HeldEntry open(
      String accountId,
      String analysisId,
      LocalDate day,
      Step step,
      long micros,
      Instant now,
      String mark) {
    return of(accountId, analysisId, day, step, 1, micros, now, mark);
  }

  /** The entry of an analysis that has ended; the same for every try. */
  static HeldEntry last(
      String accountId,
      String analysisId,
      LocalDate day,
      int analyses,
      long micros,
      Instant endedAt) {
    return of(accountId, analysisId, day, Step.FINAL, analyses, micros, endedAt, FINAL_MARK);
  }

  private static HeldEntry of(
      String accountId,
      String analysisId,
      LocalDate day,
      Step step,
      int analyses,
      long micros,
      Instant stamp,
      String mark) {
    String key =
        BillingKeys.heldBy(accountId, day, analysisId)
            + "%s-%d-%d-%d-%s".formatted(step.digit, analyses, micros, stamp.toEpochMilli(), mark);
    return new HeldEntry(key, day, analysisId, step, analyses, micros, stamp);
  }

  /**
   * Reads an entry from its key.
   *
   * @param prefix the month's folder
   */
  static Optional<HeldEntry> parse(String key, String prefix, YearMonth month) {
    Matcher form = FORM.matcher(key.substring(prefix.length()));
    int day = form.matches() ? Integer.parseInt(form.group(DAY)) : 0;
    return month.isValidDay(day)
        ? Optional.of(
            new HeldEntry(
                key,
                month.atDay(day),
                form.group(ID),
                Step.of(form.group(STEP)),
                Integer.parseInt(form.group(ANALYSES)),
                Long.parseLong(form.group(MICROS)),
                Instant.ofEpochMilli(Long.parseLong(form.group(STAMP)))))
        : Optional.empty();
  }

  boolean isFinal() {
    return step == Step.FINAL;
  }

  boolean isYoungerThan(Duration age, Instant now) {
    return stamp.isAfter(now.minus(age));
  }

  static LocalDate dayOf(Instant acceptedAt) {
    return LocalDate.ofInstant(acceptedAt, ZoneOffset.UTC);
  }
}
