package org.touchstone.detectors.pipelines.metadata;

import java.util.Set;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.provenance.MetadataReport;

/** Looks for traces that generators leave in their files, with {@link MetadataReport}. */
public final class MetadataDetector implements Detector {
  private static final MetadataKind KIND = new MetadataKind();

  @Override
  public String name() {
    return KIND.name();
  }

  @Override
  public String modelVersion() {
    return MetadataReport.version();
  }

  @Override
  public Category category() {
    return KIND.category();
  }

  @Override
  public Set<Modality> tracks() {
    return KIND.tracks();
  }

  @Override
  public DetectorReport detect(MediaContext media) {
    return MetadataReport.of(media.metadata(), media.item().modality(), media.provenance())
        .orElseThrow(
            () -> new DetectionException(Reason.TIMEOUT, "Reading its tags took too long."));
  }
}
