package org.touchstone.domain;

import java.time.Instant;
import java.util.List;

/**
 * What resolution found; stored as {@code analyses/{id}/media.json}.
 *
 * @param media the media, in the post's order
 * @param jobs the jobs they give, without task tokens
 * @param resolvedAt when
 */
public record ResolvedMedia(List<MediaItem> media, List<Job> jobs, Instant resolvedAt) {
  public ResolvedMedia {
    media = List.copyOf(media);
    jobs = List.copyOf(jobs);
  }
}
