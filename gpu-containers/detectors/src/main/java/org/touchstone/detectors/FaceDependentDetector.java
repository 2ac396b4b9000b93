package org.touchstone.detectors;

import java.util.Set;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Modality;

/**
 * A detector whose scores depend on the face detector. Its version names the face detector, so its
 * earlier reports are not used with another one.
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
