package org.touchstone.resolver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
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
  private final Optional<Judge> judge;

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
    this(endpoints, partners, Optional.empty());
  }

  /**
   * @param endpoints the endpoints that examine each track; a track without one gives no job
   * @param partners the voters of other organisations; empty when none is configured
   * @param judge the judge of what is said; empty when none is configured
   */
  public JobPlanner(
      Map<Modality, List<Endpoint>> endpoints, Optional<Partners> partners, Optional<Judge> judge) {
    this.endpoints = Map.copyOf(endpoints);
    this.partners = partners;
    this.judge = judge;
  }

  /**
   * The language model that judges what is said. Jobs on sound go on to it.
   *
   * @param queue its queues
   * @param isThirdParty whether another organisation runs it, so that an analysis may forbid it
   */
  public record Judge(QueueUrls queue, boolean isThirdParty) {
    public Judge(String queueUrl, boolean isThirdParty) {
      this(QueueUrls.parse(queueUrl), isThirdParty);
    }

    private boolean mayBeAsked(JobOptions options) {
      return !isThirdParty || options.allowsThirdParties();
    }
  }

  /**
   * The voters of other organisations.
   *
   * @param queue their queues
   * @param voters the voters, each with the kinds of media that it is asked about
   */
  public record Partners(QueueUrls queue, List<Roster.Detector> voters) {
    public Partners(String queueUrl, List<Roster.Detector> voters) {
      this(QueueUrls.parse(queueUrl), voters);
    }

    public Partners {
      voters = List.copyOf(voters);
    }

    private Partners askedFor(JobOptions options) {
      return new Partners(
          queueUrl, voters.stream().filter(voter -> options.wants(voter.name())).toList());
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
   * @param queue its queues
   * @throws IllegalArgumentException when the name is a {@linkplain Roster#isReserved reserved} one
   */
  public record Endpoint(String name, QueueUrls queue) {
    private static final Pattern NAMED = Pattern.compile("(?<name>[a-z0-9][a-z0-9-]*)=(?<url>.+)");

    public Endpoint {
      if (Roster.isReserved(name)) {
        throw new IllegalArgumentException("an endpoint cannot be called " + name);
      }
    }

    public Endpoint(String name, String queueUrl) {
      this(name, QueueUrls.parse(queueUrl));
    }

    /**
     * Reads {@code NAME=URL}, or a URL alone for the endpoint that is named after the track. A
     * second URL after a bar is that of the queue for jobs that may wait.
     */
    static Endpoint parse(String setting, Modality track) {
      Matcher named = NAMED.matcher(setting);
      return named.matches()
          ? new Endpoint(named.group("name"), named.group("url"))
          : new Endpoint(track.code(), setting);
    }
  }

  /**
   * What is done about a medium.
   *
   * @param jobs the endpoints' jobs, without task tokens
   * @param abstained by track, the reports of detectors that no endpoint can run on it; a track
   *     without any is left out
   */
  public record Plan(List<Job> jobs, Map<Modality, List<DetectorReport>> abstained) {
    public Plan {
      jobs = List.copyOf(jobs);
      abstained = Collections.unmodifiableMap(new EnumMap<>(abstained));
    }
  }

  /**
   * Plans a medium. For each track, an endpoint has a job for those of its detectors that are asked
   * for and run nowhere cheaper; one without any has no job, and its machines can sleep. The post's
   * text and very long links are left out; they are stored with the resolved media. The voters of
   * other organisations have one job for a medium, as what it is: a video is sent to them once.
   *
   * @param metadataRead whether the metadata were already read, so that endpoints need not read
   *     them
   * @param roster what the endpoints run
   */
  public Plan plan(
      String analysisId, MediaItem item, JobOptions options, boolean metadataRead, Roster roster) {
    List<Job> jobs = new ArrayList<>();
    Map<Modality, List<DetectorReport>> abstained = new EnumMap<>(Modality.class);
    for (Modality track : item.tracks()) {
      TrackPlan plan =
          TrackPlan.of(
              item,
              track,
              endpoints.getOrDefault(track, List.of()),
              roster,
              detector -> options.wants(detector) && !(metadataRead && isMetadata(detector)),
              options.detectors() != null || options.skipsDetectors());
      if (!plan.abstained().isEmpty()) {
        abstained.put(track, plan.abstained());
      }
      for (TrackPlan.Task task : plan.tasks()) {
        jobs.add(
            new Job(
                    null,
                    analysisId,
                    task.endpoint().name(),
                    task.endpoint().queue().urlFor(options),
                    track,
                    withoutContext(item),
                    options,
                    metadataRead)
                .withDetectors(task.detectors())
                .withNext(next(track, options)));
      }
    }
    partners
        .filter(all -> options.allowsThirdParties())
        .map(all -> all.askedFor(options))
        .filter(all -> all.isAskedAbout(item.modality()))
        .ifPresent(
            all ->
                jobs.add(
                    new Job(
                        null,
                        analysisId,
                        Roster.PARTNERS,
                        all.queue().urlFor(options),
                        item.modality(),
                        withoutContext(item),
                        options,
                        metadataRead)));
    return new Plan(jobs, abstained);
  }

  /** Where a job goes on; null when it ends at its endpoint. */
  private Job.Next next(Modality track, JobOptions options) {
    return judge
        .filter(asked -> track == Modality.AUDIO && asked.mayBeAsked(options))
        .filter(asked -> options.wants(EnsembleDetector.TRANSCRIPT.name()))
        .map(asked -> new Job.Next(Roster.JUDGE, asked.queue().urlFor(options)))
        .orElse(null);
  }

  /** The roster of an analysis: with the voters of other organisations, if they may be asked. */
  Roster roster(Roster own, JobOptions options) {
    return partners
        .filter(all -> options.allowsThirdParties())
        .map(all -> own.withPartners(all.askedFor(options).voters()))
        .orElse(own);
  }

  private static boolean isMetadata(String detector) {
    return detector.equals(EnsembleDetector.METADATA.name());
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
            source.ordinal(),
            null,
            source.quoted()));
  }

  /**
   * The jobs as the workflow gets them: when they are more than it can hold, without where their
   * media were found. Endpoints do not need that; it is stored with the resolved media. When they
   * still are, the jobs do not name their detectors: endpoints then run all they have for the track
   * that the analysis asks for, which is more work and no less evidence.
   */
  static List<Job> fitting(List<Job> jobs) {
    if (fit(jobs)) {
      return jobs;
    }
    List<Job> shorter = jobs.stream().map(JobPlanner::withoutSource).toList();
    return fit(shorter) ? shorter : shorter.stream().map(job -> job.withDetectors(null)).toList();
  }

  private static boolean fit(List<Job> jobs) {
    return Json.bytes(jobs).length <= MAX_BYTES;
  }

  private static Job withoutSource(Job job) {
    return job.withMedia(job.media().withSource(null));
  }

  private static boolean isLong(String url) {
    return url != null && url.length() > MAX_URL;
  }
}
