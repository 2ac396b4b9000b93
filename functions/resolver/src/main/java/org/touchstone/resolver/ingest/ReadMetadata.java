package org.touchstone.resolver.ingest;

import java.util.Objects;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Provenance;

/**
 * What a medium's metadata say of its origin.
 *
 * @param report the report of the detector {@code metadata}
 * @param provenance what the medium claims
 */
public record ReadMetadata(DetectorReport report, Provenance provenance) {
  public ReadMetadata {
    Objects.requireNonNull(report, "report");
    Objects.requireNonNull(provenance, "provenance");
  }
}
