package org.touchstone.payers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.touchstone.payers.export.ExportReport;
import org.touchstone.payers.export.MeterExport;
import org.touchstone.payers.export.MeterExporter;

/**
 * Tells usage to whoever bills it; called every quarter of an hour, so that a record is sent soon
 * after its hour has ended and a failed one again well before it is too late. A run that finds
 * something for a person fails after all is done, which raises the alarm.
 */
@Named("export")
@ApplicationScoped
public class ExportHandler implements RequestHandler<Map<String, Object>, ExportHandler.Exported> {
  private static final Logger LOG = Logger.getLogger(ExportHandler.class);

  /** Of the function's time, so much is left for what has been begun. */
  private static final Duration LAST_MINUTES = Duration.ofMinutes(3);

  private static final Duration LONGEST = Duration.ofMinutes(12);

  private final MeterExport export;
  private final Exporters exporters;
  private final InstantSource clock;

  @Inject
  public ExportHandler(MeterExport export, Exporters exporters, InstantSource clock) {
    this.export = export;
    this.exporters = exporters;
    this.clock = clock;
  }

  /**
   * What a run did.
   *
   * @param records the records that were accepted
   * @param units their units together
   */
  @RegisterForReflection
  public record Exported(int records, long units) {}

  /**
   * @throws IllegalStateException when something needs a person; the log says what
   */
  @Override
  public Exported handleRequest(Map<String, Object> event, Context context) {
    Instant until = clock.instant().plus(time(context));
    List<String> problems = new ArrayList<>();
    int records = 0;
    long units = 0;
    for (MeterExporter exporter : exporters.all()) {
      ExportReport report = export.run(exporter, until);
      records += report.records();
      units += report.units();
      problems.addAll(report.problems());
    }
    LOG.infof("exported %d records of %d units", records, units);
    problems.forEach(LOG::error);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(problems.size() + " problems of the export; see the log");
    }
    return new Exported(records, units);
  }

  private static Duration time(Context context) {
    if (context == null) {
      return LONGEST;
    }
    Duration left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(LAST_MINUTES);
    return left.compareTo(LONGEST) < 0 ? left : LONGEST;
  }
}
