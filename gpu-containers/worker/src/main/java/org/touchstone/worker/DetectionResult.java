package org.touchstone.worker;

import java.util.List;
import org.touchstone.detectors.context.EvidencePicture;
import org.touchstone.detectors.sound.Waveform;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Provenance;

/**
 * The results of detection on a file.
 *
 * @param reports one per detector, in the detectors' order
 * @param provenance the file's claims about its origin; null when they were not requested
 * @param waveform the outline of a sound that was looked at; null when it was not decoded
 * @param pictures evidence from the detectors that is too bulky for their reports
 */
public record DetectionResult(
    List<DetectorReport> reports,
    Provenance provenance,
    Waveform waveform,
    List<EvidencePicture> pictures) {
  public DetectionResult {
    reports = List.copyOf(reports);
    pictures = List.copyOf(pictures);
  }

  /** Creates a result without a waveform and pictures. */
  public DetectionResult(List<DetectorReport> reports, Provenance provenance) {
    this(reports, provenance, null, List.of());
  }
}
