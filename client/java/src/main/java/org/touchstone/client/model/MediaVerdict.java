package org.touchstone.client.model;

import java.util.List;

/**
 * The verdict on one medium.
 *
 * @param tracks of a video, what is said of its picture and, if it has any, of its sound; empty for
 *     other media, under other rules than log-likelihood, and in verdicts of earlier versions
 * @param decidedBy the track that alone gives the level; absent when both give it, when there is
 *     one track, or when a person's finding gives it
 */
public record MediaVerdict(
    String mediaId,
    Level level,
    Double confidence,
    List<VerdictReason> reasons,
    List<TrackVerdict> tracks,
    Modality decidedBy) {
  public MediaVerdict {
    reasons = reasons == null ? List.of() : List.copyOf(reasons);
    tracks = tracks == null ? List.of() : List.copyOf(tracks);
  }
}
