package org.touchstone.worker;

import java.util.List;
import org.touchstone.detectors.context.EvidencePicture;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Provenance;

/**
 * The results of detection on a file.
 *
 * @param reports one per detector, in the detectors' order
 * @param provenance the file's claims about its origin; null when they were not requested
 * @param pictures evidence from the detectors that is too bulky for their reports
 */
public record DetectionResult(
    List<DetectorReport> reports, Provenance provenance, List<EvidencePicture> pictures) {
  public DetectionResult {
    reports = List.copyOf(reports);
    pictures = List.copyOf(pictures);
  }

  /** Creates a result without pictures. */
  public DetectionResult(List<DetectorReport> reports, Provenance provenance) {
    this(reports, provenance, List.of());
  }
}
