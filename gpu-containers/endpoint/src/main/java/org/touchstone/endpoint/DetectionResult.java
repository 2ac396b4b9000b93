package org.touchstone.endpoint;

import java.util.List;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Provenance;

/**
 * What was found out about a file.
 *
 * @param reports one per detector, in the detectors' order
 * @param provenance what the file claims about its origin
 */
public record DetectionResult(List<DetectorReport> reports, Provenance provenance) {
  public DetectionResult {
    reports = List.copyOf(reports);
  }
}
