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
import org.touchstone.domain.ResolvedMedia;

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
   * @throws IllegalArgumentException when it has the name under which resolution reports
   */
  public record Endpoint(String name, String queueUrl) {
    private static final Pattern NAMED = Pattern.compile("(?<name>[a-z0-9][a-z0-9-]*)=(?<url>.+)");

    public Endpoint {
      if (name.equals(ResolvedMedia.ENDPOINT)) {
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
   * A medium's jobs, one per track and endpoint: a video with sound gives two. What the post says,
   * and a very long link to it, is left out; that is stored with the resolved media.
   *
   * @param metadataRead whether the endpoints are spared the medium's metadata
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
    return List.copyOf(jobs);
  }

  /** The workflow's state, which holds every job, has no room for what posts say. */
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

  private static boolean isLong(String url) {
    return url != null && url.length() > MAX_URL;
  }
}
