package org.touchstone.resolver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;

/** Says which endpoints are to look at which tracks. */
public final class JobPlanner {
  private final Map<Modality, String> queueUrls;

  /**
   * @param queueUrls the queue of each modality's endpoint; a track whose endpoint is not deployed
   *     gives no job
   */
  public JobPlanner(Map<Modality, String> queueUrls) {
    this.queueUrls = Map.copyOf(queueUrls);
  }

  /** One job per medium, track and endpoint: a video with sound gives two. */
  public List<Job> plan(String analysisId, List<MediaItem> media, JobOptions options) {
    List<Job> jobs = new ArrayList<>();
    for (MediaItem item : media) {
      for (Modality track : tracks(item)) {
        String queueUrl = queueUrls.get(track);
        if (queueUrl != null) {
          jobs.add(new Job(null, analysisId, track.code(), queueUrl, track, item, options));
        }
      }
    }
    return List.copyOf(jobs);
  }

  private static List<Modality> tracks(MediaItem item) {
    return item.modality() == Modality.VIDEO && Boolean.TRUE.equals(item.hasAudio())
        ? List.of(Modality.VIDEO, Modality.AUDIO)
        : List.of(item.modality());
  }
}
