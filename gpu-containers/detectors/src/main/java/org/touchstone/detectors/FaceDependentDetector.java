package org.touchstone.detectors;

import java.util.Set;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Modality;

/**
 * A detector whose scores depend on what finds the faces, and whose version says so: with another
 * face detector its earlier reports do not hold.
 *
 * @param faceVersion tells face detectors apart
 */
record FaceDependentDetector(Detector detector, String faceVersion) implements Detector {

  @Override
  public String name() {
    return detector.name();
  }

  @Override
  public String modelVersion() {
    return detector.modelVersion() + ".faces-" + faceVersion;
  }

  @Override
  public Category category() {
    return detector.category();
  }

  @Override
  public Set<Modality> tracks() {
    return detector.tracks();
  }

  @Override
  public DetectorReport detect(MediaContext media) {
    return detector.detect(media).withModelVersion(modelVersion());
  }
}
