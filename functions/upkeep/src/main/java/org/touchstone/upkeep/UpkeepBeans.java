package org.touchstone.upkeep;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import org.touchstone.billing.ReservationSweep;
import org.touchstone.storage.AnalysisDeletion;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.AuditLog;
import org.touchstone.storage.DeletionQueue;
import org.touchstone.storage.RetentionList;

/** Wires what is due by the clock. */
@ApplicationScoped
public class UpkeepBeans {
  @Produces
  @Singleton
  Sweep sweep(
      AnalysisStore analyses,
      AnalysisDeletion deletion,
      DeletionQueue queue,
      RetentionList retention,
      ReservationSweep reservations,
      AuditLog audit,
      InstantSource clock) {
    return new Sweep(
        List.of(
            new RetentionSweep(retention, analyses, deletion, audit, clock),
            new DeletionSweep(queue, deletion, clock),
            new ReservationsPart(reservations, clock)),
        clock);
  }
}
