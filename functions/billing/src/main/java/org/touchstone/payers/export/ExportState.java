package org.touchstone.payers.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDate;

/**
 * How far an account's export is. One object, replaced only in the version that was read, so that
 * each step happens once.
 *
 * @param carry what is left of earlier records, in millionths
 * @param lastHour the hour of the last sealed hour; later ones have later hours. Absent before the
 *     first
 * @param sweptOn the day on which facts that came late were last looked for; absent before the
 *     first
 * @param current the sealed hour that is to be sent; absent without one
 * @param undone a sealed hour that was accepted and turned out not to count, whose facts are to be
 *     sent again; absent without one
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExportState(
    long carry, Instant lastHour, LocalDate sweptOn, SealedHour current, SealedHour undone) {
  static final ExportState NONE = new ExportState(0, null, null, null, null);

  ExportState with(SealedHour usage) {
    return new ExportState(carry, lastHour, sweptOn, usage, undone);
  }

  ExportState swept(LocalDate day) {
    return new ExportState(carry, lastHour, day, current, undone);
  }

  /** After the current sealed hour has ended, with what it left. */
  ExportState finished(SealedHour ended) {
    return new ExportState(
        carry + ended.carriedOut() - ended.carriedIn(), ended.hour(), sweptOn, null, undone);
  }

  /** After the current sealed hour was given up before it counted: its facts are free again. */
  ExportState released() {
    return new ExportState(carry, current.hour(), sweptOn, null, undone);
  }

  /** Before a sealed hour that turned out not to count is taken out of the books. */
  ExportState undoing(SealedHour usage) {
    return new ExportState(
        carry + usage.carriedIn() - usage.carriedOut(), lastHour, sweptOn, current, usage);
  }

  /** After that; late facts, as its are now, are looked for next. */
  ExportState afterUndoing() {
    return new ExportState(carry, lastHour, null, current, null);
  }
}
