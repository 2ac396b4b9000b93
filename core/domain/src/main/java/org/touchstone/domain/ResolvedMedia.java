package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * The result of resolution; stored as {@code analyses/{id}/media.json}.
 *
 * @param media the media, in the post's order
 * @param missing media of the post that could not be had, in its order; never absent
 * @param jobs the jobs for them, without task tokens
 * @param roster the detectors that the jobs' endpoints run; the bundled roster if the stored
 *     analysis has none
 * @param reports resolution's own reports on the media, under the endpoint {@link #ENDPOINT}
 * @param resolvedAt when
 */
public record ResolvedMedia(
    List<MediaItem> media,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MissingMedium> missing,
    List<Job> jobs,
    Roster roster,
    List<JobReports> reports,
    Instant resolvedAt) {

  /** The name under which resolution reports. A queue's endpoint cannot have it. */
  public static final String ENDPOINT = "resolve";

  public ResolvedMedia {
    media = List.copyOf(media);
    missing = missing == null ? List.of() : List.copyOf(missing);
    jobs = List.copyOf(jobs);
    roster = roster == null ? Roster.bundled() : roster;
    reports = reports == null ? List.of() : List.copyOf(reports);
  }

  /** Media of a post of which none is missing. */
  public ResolvedMedia(
      List<MediaItem> media,
      List<Job> jobs,
      Roster roster,
      List<JobReports> reports,
      Instant resolvedAt) {
    this(media, List.of(), jobs, roster, reports, resolvedAt);
  }

  /** Media without reports by resolution, for the bundled roster. */
  public ResolvedMedia(List<MediaItem> media, List<Job> jobs, Instant resolvedAt) {
    this(media, jobs, null, null, resolvedAt);
  }
}
