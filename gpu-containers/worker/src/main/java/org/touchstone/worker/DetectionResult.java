package org.touchstone.worker;

import java.util.List;
import org.touchstone.detectors.context.EvidencePicture;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Provenance;

/**
 * What was found out about a file.
 *
 * @param reports one per detector, in the detectors' order
 * @param provenance what the file claims about its origin; null when it was not to be read
 * @param pictures what detectors handed over that is too bulky for their reports
 */
public record DetectionResult(
    List<DetectorReport> reports, Provenance provenance, List<EvidencePicture> pictures) {
  public DetectionResult {
    reports = List.copyOf(reports);
    pictures = List.copyOf(pictures);
  }

  /** Without pictures. */
  public DetectionResult(List<DetectorReport> reports, Provenance provenance) {
    this(reports, provenance, List.of());
  }
}
