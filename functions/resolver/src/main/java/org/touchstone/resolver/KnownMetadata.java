package org.touchstone.resolver;

import java.io.UncheckedIOException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.ReportTimings;
import org.touchstone.resolver.ingest.ReadMetadata;
import org.touchstone.storage.ReportCache;
import software.amazon.awssdk.core.exception.SdkException;

/** What was read of the same bytes before, here or at an endpoint that had all of them. */
final class KnownMetadata {
  private static final Logger LOG = Logger.getLogger(KnownMetadata.class);

  private final ReportCache cache;
  private final String rulesVersion;

  /**
   * @param rulesVersion the version of the rules by which metadata are read
   */
  KnownMetadata(ReportCache cache, String rulesVersion) {
    this.cache = cache;
    this.rulesVersion = rulesVersion;
  }

  /** What is kept; empty when nothing is, or when it cannot be read. */
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
    } catch (SdkException | UncheckedIOException e) {
      LOG.warnf(e, "the metadata kept of %s are not readable", item.id());
      return Optional.empty();
    }
  }

  /** Keeps what may be used again. That it cannot be kept is not a reason to resolve again. */
  void save(MediaItem item, ReadMetadata read) {
    try {
      item.tracks().forEach(track -> cache.save(item.sha256(), track, read.report()));
      cache.saveProvenance(item.sha256(), rulesVersion, read.provenance());
    } catch (SdkException | UncheckedIOException e) {
      LOG.warnf(e, "the metadata of %s are not kept", item.id());
    }
  }
}
