package org.touchstone.resolver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Roster;

/** Decides which endpoints examine which tracks. */
public final class JobPlanner {
  /**
   * Most bytes of JSON for the jobs of one analysis. They are one result of the workflow, which
   * Step Functions limits to 256 KiB with what Lambda adds.
   */
  static final int MAX_BYTES = 250_000;

  /** Longest link included in a job. */
  private static final int MAX_URL = 512;

  private final Map<Modality, List<Endpoint>> endpoints;
  private final Optional<Partners> partners;

  /**
   * @param endpoints the endpoints that examine each track; a track without one gives no job
   */
  public JobPlanner(Map<Modality, List<Endpoint>> endpoints) {
    this(endpoints, Optional.empty());
  }

  /**
   * @param endpoints the endpoints that examine each track; a track without one gives no job
   * @param partners the voters of other organisations; empty when none is configured
   */
  public JobPlanner(Map<Modality, List<Endpoint>> endpoints, Optional<Partners> partners) {
    this.endpoints = Map.copyOf(endpoints);
    this.partners = partners;
  }

  /**
   * The voters of other organisations.
   *
   * @param queueUrl their queue
   * @param voters the voters, each with the kinds of media that it is asked about
   */
  public record Partners(String queueUrl, List<Roster.Detector> voters) {
    public Partners {
      voters = List.copyOf(voters);
    }

    private boolean isAskedAbout(Modality modality) {
      return voters.stream().anyMatch(voter -> voter.tracks().contains(modality));
    }
  }

  /**
   * The destination of a track's jobs.
   *
   * @param name the name its reports are stored under; no two endpoints of a medium's tracks may
   *     share one
   * @param queueUrl its queue
   * @throws IllegalArgumentException when the name is the one under which resolution or voters of
   *     other organisations report
   */
  public record Endpoint(String name, String queueUrl) {
    private static final Pattern NAMED = Pattern.compile("(?<name>[a-z0-9][a-z0-9-]*)=(?<url>.+)");

    public Endpoint {
      if (name.equals(ResolvedMedia.ENDPOINT) || name.equals(Roster.PARTNERS)) {
        throw new IllegalArgumentException("an endpoint cannot be called " + name);
      }
    }

    /** Reads {@code NAME=URL}, or a URL alone for the endpoint that is named after the track. */
    static Endpoint parse(String setting, Modality track) {
      Matcher named = NAMED.matcher(setting);
      return named.matches()
          ? new Endpoint(named.group("name"), named.group("url"))
          : new Endpoint(track.code(), setting);
    }
  }

  /**
   * A medium's jobs, one per track and endpoint: a video with sound gives two. The post's text and
   * very long links are left out; they are stored with the resolved media. The voters of other
   * organisations have one job for a medium, as what it is: a video is sent to them once.
   *
   * @param metadataRead whether the metadata were already read, so that endpoints need not read
   *     them
   */
  public List<Job> plan(
      String analysisId, MediaItem item, JobOptions options, boolean metadataRead) {
    List<Job> jobs = new ArrayList<>();
    for (Modality track : item.tracks()) {
      for (Endpoint endpoint : endpoints.getOrDefault(track, List.of())) {
        jobs.add(
            new Job(
                null,
                analysisId,
                endpoint.name(),
                endpoint.queueUrl(),
                track,
                withoutContext(item),
                options,
                metadataRead));
      }
    }
    partners
        .filter(all -> options.allowsThirdParties() && all.isAskedAbout(item.modality()))
        .ifPresent(
            all ->
                jobs.add(
                    new Job(
                        null,
                        analysisId,
                        Roster.PARTNERS,
                        all.queueUrl(),
                        item.modality(),
                        withoutContext(item),
                        options,
                        metadataRead)));
    return List.copyOf(jobs);
  }

  /** The roster of an analysis: with the voters of other organisations, if they may be asked. */
  Roster roster(Roster own, JobOptions options) {
    return partners
        .filter(all -> options.allowsThirdParties())
        .map(all -> own.withPartners(all.voters()))
        .orElse(own);
  }

  /** Drops the post's text: the workflow's state holds every job and has no room for it. */
  private static MediaItem withoutContext(MediaItem item) {
    MediaSource source = item.source();
    if (source == null || (source.context() == null && !isLong(source.postUrl()))) {
      return item;
    }
    return item.withSource(
        new MediaSource(
            source.platform(),
            isLong(source.postUrl()) ? null : source.postUrl(),
            source.author(),
            source.postedAt(),
            source.ordinal()));
  }

  /**
   * The jobs as the workflow gets them: when they are more than it can hold, without where their
   * media were found. Endpoints do not need that; it is stored with the resolved media.
   */
  static List<Job> fitting(List<Job> jobs) {
    return Json.bytes(jobs).length <= MAX_BYTES
        ? jobs
        : jobs.stream().map(JobPlanner::withoutSource).toList();
  }

  private static Job withoutSource(Job job) {
    return job.withMedia(job.media().withSource(null));
  }

  private static boolean isLong(String url) {
    return url != null && url.length() > MAX_URL;
  }
}
