package org.touchstone.resolver.ingest;

import java.nio.file.Path;
import java.util.Optional;
import org.touchstone.domain.Modality;
import org.touchstone.provenance.ContainerTags;

final class MetadataStep {
  Optional<ReadMetadata> read(Path file, Modality modality, ContainerTags tags) {
    return Optional.empty();
  }
}
