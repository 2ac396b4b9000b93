package org.touchstone.resolver.ingest;

import java.util.Objects;
import java.util.Optional;
import org.touchstone.domain.MediaItem;

/**
 * A medium that was checked and stored.
 *
 * @param metadata the medium's metadata; empty when this machine did not have all bytes that may
 *     hold them, or could not read them in time
 */
public record IngestedMedium(MediaItem item, Optional<ReadMetadata> metadata) {
  public IngestedMedium {
    Objects.requireNonNull(item, "item");
    Objects.requireNonNull(metadata, "metadata");
  }
}
