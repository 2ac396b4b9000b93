package org.touchstone.resolver.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.ReportTimings;
import org.touchstone.domain.provenance.Problem;
import org.touchstone.provenance.ContainerTags;
import org.touchstone.provenance.MediaMetadata;
import org.touchstone.provenance.MetadataReader;
import org.touchstone.provenance.MetadataReport;
import org.touchstone.provenance.ProvenanceReader;

/** Reads what a medium proves or says about its origin while its bytes are on disk. */
final class MetadataStep {
  private static final Logger LOG = Logger.getLogger(MetadataStep.class);

  private final MetadataReader reader = new MetadataReader();
  private final Supplier<ProvenanceReader> provenance;

  /**
   * @param provenance the reader with the lists in force
   */
  MetadataStep(Supplier<ProvenanceReader> provenance) {
    this.provenance = provenance;
  }

  /**
   * The metadata of a file. Nothing is thrown: a medium whose metadata cannot be read is still a
   * medium.
   *
   * @param modality what the medium is
   * @param tags the tags of its container
   * @param isWhole whether the file holds all bytes of the medium, and not only those that may hold
   *     metadata
   * @return empty when the metadata could not be read completely, or when it has credentials that
   *     cannot be checked here; an endpoint may do better
   */
  Optional<ReadMetadata> read(Path file, Modality modality, ContainerTags tags, boolean isWhole) {
    long start = System.nanoTime();
    try {
      MediaMetadata metadata = reader.read(file, tags);
      Provenance read = provenance.get().read(file, metadata, modality, isWhole);
      if (read.problem() == Problem.NOT_WHOLE) {
        return Optional.empty();
      }
      return MetadataReport.of(metadata, modality, read)
          .map(
              report ->
                  new ReadMetadata(
                      report.withTimings(
                          new ReportTimings(
                              0, Duration.ofNanos(System.nanoTime() - start).toMillis())),
                      read));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      LOG.error("reading the metadata of a medium failed", e);
      return Optional.empty();
    }
  }
}
