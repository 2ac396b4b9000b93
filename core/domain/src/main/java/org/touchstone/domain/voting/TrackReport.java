package org.touchstone.domain.voting;

import java.util.Objects;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Modality;

/** A detector's report and the track of the medium it is about. */
public record TrackReport(Modality track, DetectorReport report) {
  public TrackReport {
    Objects.requireNonNull(track, "track");
    Objects.requireNonNull(report, "report");
  }
}
