package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * One (medium, endpoint) pair to process; also the message that carries it to the endpoint's queue.
 *
 * @param taskToken Step Functions' token, present in the message only
 * @param analysisId the analysis it belongs to
 * @param endpoint the endpoint's name
 * @param queueUrl the endpoint's queue
 * @param track the track that the endpoint looks at: a video with sound gives a video job and an
 *     audio job
 * @param media the medium
 * @param options how to do it
 * @param metadataRead whether resolution has read the medium's metadata. If so, the endpoint gives
 *     neither the report of {@code metadata} nor the provenance. False in jobs of older versions
 * @param detectors the detectors to run; absent for all that the endpoint has for the track
 * @param next where the job goes on when this endpoint has reported; absent when it ends there
 */
public record Job(
    String taskToken,
    String analysisId,
    String endpoint,
    String queueUrl,
    Modality track,
    MediaItem media,
    JobOptions options,
    boolean metadataRead,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<String> detectors,
    @JsonInclude(JsonInclude.Include.NON_NULL) Next next) {

  public Job {
    Objects.requireNonNull(analysisId, "analysisId");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(track, "track");
    Objects.requireNonNull(media, "media");
    options = options == null ? JobOptions.DEFAULT : options;
    detectors = detectors == null ? null : List.copyOf(detectors);
  }

  /**
   * The endpoint that a job goes on to, with the same task token.
   *
   * @param endpoint its name
   * @param queueUrl its queue
   */
  public record Next(String endpoint, String queueUrl) {
    public Next {
      Objects.requireNonNull(endpoint, "endpoint");
      Objects.requireNonNull(queueUrl, "queueUrl");
    }
  }

  /** A job for all detectors that the endpoint has for the track. */
  public Job(
      String taskToken,
      String analysisId,
      String endpoint,
      String queueUrl,
      Modality track,
      MediaItem media,
      JobOptions options,
      boolean metadataRead) {
    this(
        taskToken, analysisId, endpoint, queueUrl, track, media, options, metadataRead, null, null);
  }

  /** A copy for these detectors only. */
  public Job withDetectors(List<String> names) {
    return new Job(
        taskToken,
        analysisId,
        endpoint,
        queueUrl,
        track,
        media,
        options,
        metadataRead,
        names,
        next);
  }

  /** A copy about the same medium as another record describes it. */
  public Job withMedia(MediaItem item) {
    return new Job(
        taskToken,
        analysisId,
        endpoint,
        queueUrl,
        track,
        item,
        options,
        metadataRead,
        detectors,
        next);
  }

  /** A copy that goes on to another endpoint, or ends here if that is null. */
  public Job withNext(Next then) {
    return new Job(
        taskToken,
        analysisId,
        endpoint,
        queueUrl,
        track,
        media,
        options,
        metadataRead,
        detectors,
        then);
  }

  /**
   * The job as it goes on: for the next endpoint, which is its last.
   *
   * @throws java.util.NoSuchElementException when it ends here
   */
  public Job handedOn() {
    if (next == null) {
      throw new NoSuchElementException("the job ends here");
    }
    return new Job(
        taskToken,
        analysisId,
        next.endpoint(),
        next.queueUrl(),
        track,
        media,
        options,
        metadataRead,
        null,
        null);
  }

  /** A job whose endpoint reads the metadata as well. */
  public Job(
      String taskToken,
      String analysisId,
      String endpoint,
      String queueUrl,
      Modality track,
      MediaItem media,
      JobOptions options) {
    this(taskToken, analysisId, endpoint, queueUrl, track, media, options, false);
  }
}
