package org.touchstone.resolver;

import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.ReportTimings;
import org.touchstone.domain.provenance.Versions;
import org.touchstone.provenance.MetadataReport;
import org.touchstone.resolver.ingest.ReadMetadata;
import org.touchstone.storage.ReportCache;

/** Metadata read earlier from the same bytes, here or at an endpoint that had all of them. */
final class KnownMetadata {
  private static final Logger LOG = Logger.getLogger(KnownMetadata.class);

  private final ReportCache cache;
  private final Supplier<Versions> versions;

  /**
   * @param versions what provenance is judged by now: a new list makes what was judged by an old
   *     one unknown
   */
  KnownMetadata(ReportCache cache, Supplier<Versions> versions) {
    this.cache = cache;
    this.versions = versions;
  }

  /** The cached metadata; empty when there are none or they cannot be read. */
  Optional<ReadMetadata> find(MediaItem item) {
    try {
      return cache
          .find(
              item.sha256(),
              item.modality(),
              EnsembleDetector.METADATA.name(),
              MetadataReport.version())
          .flatMap(
              report ->
                  cache
                      .findProvenance(item.sha256(), versions.get().key())
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
      if (read.provenance().versions() != null) {
        cache.saveProvenance(item.sha256(), read.provenance().versions().key(), read.provenance());
      }
    } catch (RuntimeException e) {
      LOG.warnf(e, "the metadata of %s cannot be cached", item.id());
    }
  }
}
