package org.touchstone.resolver;

import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.ReportTimings;
import org.touchstone.resolver.ingest.ReadMetadata;
import org.touchstone.storage.ReportCache;

/** Metadata read earlier from the same bytes, here or at an endpoint that had all of them. */
final class KnownMetadata {
  private static final Logger LOG = Logger.getLogger(KnownMetadata.class);

  private final ReportCache cache;
  private final String rulesVersion;

  /**
   * @param rulesVersion the version of the rules for reading metadata
   */
  KnownMetadata(ReportCache cache, String rulesVersion) {
    this.cache = cache;
    this.rulesVersion = rulesVersion;
  }

  /** The cached metadata; empty when there are none or they cannot be read. */
  Optional<ReadMetadata> find(MediaItem item) {
    try {
      return cache
          .find(item.sha256(), item.modality(), EnsembleDetector.METADATA.name(), rulesVersion)
          .flatMap(
              report ->
                  cache
                      .findProvenance(item.sha256(), rulesVersion)
                      .map(
                          provenance ->
                              new ReadMetadata(
                                  report.withTimings(ReportTimings.ZERO), provenance)));
    } catch (RuntimeException e) {
      LOG.warnf(e, "the cached metadata of %s cannot be read", item.id());
      return Optional.empty();
    }
  }

  /** Caches metadata that may be reused. A failure here does not cause another resolution. */
  void save(MediaItem item, ReadMetadata read) {
    try {
      item.tracks().forEach(track -> cache.save(item.sha256(), track, read.report()));
      cache.saveProvenance(item.sha256(), rulesVersion, read.provenance());
    } catch (RuntimeException e) {
      LOG.warnf(e, "the metadata of %s cannot be cached", item.id());
    }
  }
}
