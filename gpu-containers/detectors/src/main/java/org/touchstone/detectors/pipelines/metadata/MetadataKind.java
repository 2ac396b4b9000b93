package org.touchstone.detectors.pipelines.metadata;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.pipelines.DetectorKind;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.provenance.MetadataReport;

/** Generators' own traces in a file, which need no model. */
public final class MetadataKind implements DetectorKind {
  @Override
  public String name() {
    return MetadataReport.DETECTOR;
  }

  @Override
  public Category category() {
    return MetadataReport.CATEGORY;
  }

  @Override
  public Set<Modality> tracks() {
    return EnumSet.allOf(Modality.class);
  }

  @Override
  public Optional<Detector> builtIn() {
    return Optional.of(new MetadataDetector());
  }
}
