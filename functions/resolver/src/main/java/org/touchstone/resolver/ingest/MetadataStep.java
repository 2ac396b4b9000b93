package org.touchstone.resolver.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ReportTimings;
import org.touchstone.provenance.ContainerTags;
import org.touchstone.provenance.MediaMetadata;
import org.touchstone.provenance.MetadataReader;
import org.touchstone.provenance.MetadataReport;
import org.touchstone.provenance.ProvenanceReader;

/** Reads a medium's claims about its origin while its bytes are on disk. */
final class MetadataStep {
  private static final Logger LOG = Logger.getLogger(MetadataStep.class);

  private final MetadataReader reader = new MetadataReader();
  private final ProvenanceReader provenance = new ProvenanceReader();

  /**
   * The metadata of a file. Nothing is thrown: a medium whose metadata cannot be read is still a
   * medium.
   *
   * @param modality what the medium is
   * @param tags the tags of its container
   * @return empty when the metadata could not be read completely; an endpoint may do better
   */
  Optional<ReadMetadata> read(Path file, Modality modality, ContainerTags tags) {
    long start = System.nanoTime();
    try {
      MediaMetadata metadata = reader.read(file, tags);
      return MetadataReport.of(metadata, modality)
          .map(
              report ->
                  new ReadMetadata(
                      report.withTimings(
                          new ReportTimings(
                              0, Duration.ofNanos(System.nanoTime() - start).toMillis())),
                      provenance.read(metadata)));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      LOG.error("reading the metadata of a medium failed", e);
      return Optional.empty();
    }
  }
}
