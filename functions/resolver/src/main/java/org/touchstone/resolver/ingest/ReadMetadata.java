package org.touchstone.resolver.ingest;

import java.util.Objects;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Provenance;

/**
 * A medium's metadata about its origin.
 *
 * @param report the report of the detector {@code metadata}
 * @param provenance the medium's claims
 */
public record ReadMetadata(DetectorReport report, Provenance provenance) {
  public ReadMetadata {
    Objects.requireNonNull(report, "report");
    Objects.requireNonNull(provenance, "provenance");
  }
}
