package org.touchstone.detectors.pipelines.metadata;

import java.util.EnumSet;
import java.util.Set;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.provenance.MetadataReport;

/** Looks for what generators write into their files, by {@link MetadataReport}. */
public final class MetadataDetector implements Detector {
  @Override
  public String name() {
    return EnsembleDetector.METADATA.name();
  }

  @Override
  public String modelVersion() {
    return MetadataReport.version();
  }

  @Override
  public Category category() {
    return EnsembleDetector.METADATA.category();
  }

  @Override
  public Set<Modality> tracks() {
    return EnumSet.allOf(Modality.class);
  }

  @Override
  public DetectorReport detect(MediaContext media) {
    return MetadataReport.of(media.metadata(), media.item().modality())
        .orElseThrow(
            () -> new DetectionException(Reason.TIMEOUT, "Reading its tags took too long."));
  }
}
