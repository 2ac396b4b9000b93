package org.touchstone.domain;

import java.time.Instant;
import java.util.List;

/**
 * What resolution found; stored as {@code analyses/{id}/media.json}.
 *
 * @param media the media, in the post's order
 * @param jobs the jobs they give, without task tokens
 * @param roster the detectors that the jobs' endpoints run; the bundled roster for an analysis that
 *     was stored without one
 * @param reports what resolution itself read from the media, under the endpoint {@link #ENDPOINT}
 * @param resolvedAt when
 */
public record ResolvedMedia(
    List<MediaItem> media,
    List<Job> jobs,
    Roster roster,
    List<JobReports> reports,
    Instant resolvedAt) {

  /** The name under which resolution reports. A queue's endpoint cannot have it. */
  public static final String ENDPOINT = "resolve";

  public ResolvedMedia {
    media = List.copyOf(media);
    jobs = List.copyOf(jobs);
    roster = roster == null ? Roster.bundled() : roster;
    reports = reports == null ? List.of() : List.copyOf(reports);
  }

  /** Media of which resolution read nothing but what they are, for the bundled roster. */
  public ResolvedMedia(List<MediaItem> media, List<Job> jobs, Instant resolvedAt) {
    this(media, jobs, null, null, resolvedAt);
  }
}
