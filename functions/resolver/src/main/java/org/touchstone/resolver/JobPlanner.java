package org.touchstone.resolver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;

/** Says which endpoints are to look at which tracks. */
public final class JobPlanner {
  /** Longest link that goes with a job: a state of 256 KB holds the jobs of one analysis. */
  private static final int MAX_URL = 512;

  private final Map<Modality, List<Endpoint>> endpoints;

  /**
   * @param endpoints those that look at each track; a track without one gives no job
   */
  public JobPlanner(Map<Modality, List<Endpoint>> endpoints) {
    this.endpoints = Map.copyOf(endpoints);
  }

  /**
   * Where a track's jobs go.
   *
   * @param name what its reports are stored under: no two endpoints of a medium's tracks may share
   *     it
   * @param queueUrl its queue
   */
  public record Endpoint(String name, String queueUrl) {
    private static final Pattern NAMED = Pattern.compile("(?<name>[a-z0-9][a-z0-9-]*)=(?<url>.+)");

    /** Reads {@code NAME=URL}, or a URL alone for the endpoint that is named after the track. */
    static Endpoint parse(String setting, Modality track) {
      Matcher named = NAMED.matcher(setting);
      return named.matches()
          ? new Endpoint(named.group("name"), named.group("url"))
          : new Endpoint(track.code(), setting);
    }
  }

  /**
   * One job per medium, track and endpoint: a video with sound gives two. What the post says, and a
   * very long link to it, is left out; that is stored with the resolved media.
   */
  public List<Job> plan(String analysisId, List<MediaItem> media, JobOptions options) {
    List<Job> jobs = new ArrayList<>();
    for (MediaItem item : media) {
      for (Modality track : tracks(item)) {
        for (Endpoint endpoint : endpoints.getOrDefault(track, List.of())) {
          jobs.add(
              new Job(
                  null,
                  analysisId,
                  endpoint.name(),
                  endpoint.queueUrl(),
                  track,
                  withoutContext(item),
                  options));
        }
      }
    }
    return List.copyOf(jobs);
  }

  /** The workflow's state, which holds every job, has no room for what posts say. */
  private static MediaItem withoutContext(MediaItem item) {
    MediaSource source = item.source();
    if (source == null || (source.context() == null && !isLong(source.postUrl()))) {
      return item;
    }
    return new MediaItem(
        item.id(),
        item.modality(),
        item.sha256(),
        item.mimeType(),
        item.bytes(),
        item.width(),
        item.height(),
        item.durationSeconds(),
        item.hasAudio(),
        item.s3(),
        new MediaSource(
            source.platform(),
            isLong(source.postUrl()) ? null : source.postUrl(),
            source.author(),
            source.postedAt(),
            source.ordinal()));
  }

  private static boolean isLong(String url) {
    return url != null && url.length() > MAX_URL;
  }

  private static List<Modality> tracks(MediaItem item) {
    return item.modality() == Modality.VIDEO && Boolean.TRUE.equals(item.hasAudio())
        ? List.of(Modality.VIDEO, Modality.AUDIO)
        : List.of(item.modality());
  }
}
