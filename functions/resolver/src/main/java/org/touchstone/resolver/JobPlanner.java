package org.touchstone.resolver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;

/** Says which endpoints are to look at which tracks. */
public final class JobPlanner {
  /** Longest link that goes with a job: a state of 256 KB holds the jobs of one analysis. */
  private static final int MAX_URL = 512;

  private final Map<Modality, String> queueUrls;

  /**
   * @param queueUrls the queue of each modality's endpoint; a track whose endpoint is not deployed
   *     gives no job
   */
  public JobPlanner(Map<Modality, String> queueUrls) {
    this.queueUrls = Map.copyOf(queueUrls);
  }

  /**
   * One job per medium, track and endpoint: a video with sound gives two. What the post says, and a
   * very long link to it, is left out; that is stored with the resolved media.
   */
  public List<Job> plan(String analysisId, List<MediaItem> media, JobOptions options) {
    List<Job> jobs = new ArrayList<>();
    for (MediaItem item : media) {
      for (Modality track : tracks(item)) {
        String queueUrl = queueUrls.get(track);
        if (queueUrl != null) {
          jobs.add(
              new Job(
                  null, analysisId, track.code(), queueUrl, track, withoutContext(item), options));
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
