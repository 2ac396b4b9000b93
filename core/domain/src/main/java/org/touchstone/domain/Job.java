package org.touchstone.domain;

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
 */
public record Job(
    String taskToken,
    String analysisId,
    String endpoint,
    String queueUrl,
    Modality track,
    MediaItem media,
    JobOptions options,
    boolean metadataRead) {

  public Job {
    Objects.requireNonNull(analysisId, "analysisId");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(track, "track");
    Objects.requireNonNull(media, "media");
    options = options == null ? JobOptions.DEFAULT : options;
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
