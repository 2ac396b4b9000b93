package org.touchstone.domain.voting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Roster;

/**
 * The evidence on an analysis' media so far, and the jobs still pending.
 *
 * @param resolved the media, their jobs and resolution's reports
 * @param reports the endpoints' reports; reports that belong to no planned job are ignored
 */
public record AnalysisEvidence(ResolvedMedia resolved, List<JobReports> reports) {
  public AnalysisEvidence {
    Objects.requireNonNull(resolved, "resolved");
    reports = List.copyOf(reports);
  }

  /**
   * A job that has not reported.
   *
   * @param detectors the detectors whose reports are missing
   */
  public record Pending(Job job, List<Roster.Detector> detectors) {}

  private record JobKey(String mediaId, String endpoint) {
    static JobKey of(Job job) {
      return new JobKey(job.media().id(), job.endpoint());
    }

    static JobKey of(JobReports reports) {
      return new JobKey(reports.mediaId(), reports.endpoint());
    }
  }

  private record Track(String mediaId, Modality modality) {}

  /**
   * The jobs that have not reported, in the order they were planned. A detector is left out when an
   * earlier pending job on the same track includes it, or when it has already reported on that
   * track.
   */
  public List<Pending> pending() {
    Map<JobKey, JobReports> reported = byJob(reports);
    Map<Track, Set<String>> heard = new HashMap<>();
    for (JobReports part : counted()) {
      Set<String> names =
          heard.computeIfAbsent(new Track(part.mediaId(), part.track()), t -> new HashSet<>());
      part.reports().stream().map(DetectorReport::detector).forEach(names::add);
    }
    List<Pending> pending = new ArrayList<>();
    for (Job job : resolved.jobs()) {
      if (!reported.containsKey(JobKey.of(job))) {
        Set<String> known =
            heard.computeIfAbsent(new Track(job.media().id(), job.track()), t -> new HashSet<>());
        pending.add(
            new Pending(
                job,
                resolved.roster().expected(job).stream()
                    .filter(detector -> known.add(detector.name()))
                    .toList()));
      }
    }
    return List.copyOf(pending);
  }

  /**
   * All jobs that are under way: those that have not reported, and those that went on to another
   * endpoint, which has not reported.
   */
  public List<Pending> underWay() {
    Map<JobKey, JobReports> reported = byJob(reports);
    List<Pending> underWay = new ArrayList<>(pending());
    for (Job job : resolved.jobs()) {
      JobReports first = reported.get(JobKey.of(job));
      if (job.next() == null || first == null || reported.containsKey(JobKey.of(job.handedOn()))) {
        continue;
      }
      List<Roster.Detector> owed =
          first.reports().stream()
              .filter(Judged::goesOn)
              .map(r -> new Roster.Detector(r.detector(), r.category(), Set.of(job.track()), null))
              .toList();
      if (!owed.isEmpty()) {
        underWay.add(new Pending(job.handedOn(), owed));
      }
    }
    return List.copyOf(underWay);
  }

  /** The evidence for the vote, in the media's order. */
  public List<MediaEvidence> media() {
    return media(pending());
  }

  /** The evidence for a vote while jobs are under way, in the media's order. */
  public List<MediaEvidence> mediaSoFar() {
    return media(underWay());
  }

  private List<MediaEvidence> media(List<Pending> pending) {
    return resolved.media().stream().map(item -> evidence(item, pending)).toList();
  }

  private MediaEvidence evidence(MediaItem item, List<Pending> pending) {
    List<TrackReport> ofItem = new ArrayList<>();
    for (JobReports part : counted()) {
      if (part.mediaId().equals(item.id())) {
        part.reports().forEach(report -> ofItem.add(new TrackReport(part.track(), report)));
      }
    }
    Set<String> owed = new HashSet<>();
    for (Pending job : pending) {
      if (job.job().media().id().equals(item.id())) {
        job.detectors().stream().map(Roster.Detector::name).forEach(owed::add);
      }
    }
    return new MediaEvidence(
        item, ofItem, owed, Annotations.NONE, provenance(item.id()).orElse(null));
  }

  /**
   * A medium's provenance as read by resolution or by one of its jobs; one with a claim takes
   * precedence.
   */
  public Optional<Provenance> provenance(String mediaId) {
    List<Provenance> found =
        Stream.concat(resolved.reports().stream(), reports.stream())
            .filter(part -> part.mediaId().equals(mediaId))
            .map(JobReports::provenance)
            .filter(Objects::nonNull)
            .toList();
    return found.stream()
        .filter(provenance -> provenance.state() != Provenance.State.ABSENT)
        .findFirst()
        .or(() -> found.stream().findFirst());
  }

  /** Resolution's reports and those of the planned jobs. */
  private List<JobReports> counted() {
    Map<JobKey, JobReports> byJob = byJob(Judged.replaced(resolved.jobs(), reports));
    List<JobReports> counted = new ArrayList<>(resolved.reports());
    resolved.jobs().stream()
        .map(job -> byJob.get(JobKey.of(job)))
        .filter(Objects::nonNull)
        .forEach(counted::add);
    return counted;
  }

  private static Map<JobKey, JobReports> byJob(List<JobReports> reports) {
    Map<JobKey, JobReports> byJob = new HashMap<>();
    reports.forEach(part -> byJob.put(JobKey.of(part), part));
    return byJob;
  }
}
