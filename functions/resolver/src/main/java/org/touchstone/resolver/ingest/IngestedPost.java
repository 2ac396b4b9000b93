package org.touchstone.resolver.ingest;

import java.util.List;
import org.touchstone.domain.MissingMedium;

/**
 * All that was stored of an input.
 *
 * @param media at least one medium, in the post's order, the same bytes only once
 * @param missing media of the post that could not be had, in its order
 */
public record IngestedPost(List<IngestedMedium> media, List<MissingMedium> missing) {
  public IngestedPost {
    media = List.copyOf(media);
    missing = List.copyOf(missing);
  }

  /** Media of which none is missing. */
  public static IngestedPost of(List<IngestedMedium> media) {
    return new IngestedPost(media, List.of());
  }
}
