package org.touchstone.domain;

import java.util.List;
import java.util.Objects;

/**
 * One medium. It is stored once, even if many posts carry it.
 *
 * @param id derived from the content hash by {@link #idOf}: the same bytes are one medium
 * @param modality what it is, decided by content
 * @param sha256 lower-case hexadecimal SHA-256 of the bytes
 * @param mimeType media type decided by content, never the origin's claim
 * @param bytes size
 * @param width pixels, images and videos
 * @param height pixels, images and videos
 * @param durationSeconds length in seconds, videos and audio
 * @param hasAudio whether a video has an audio track
 * @param s3 where the bytes are
 * @param source where it was found
 */
public record MediaItem(
    String id,
    Modality modality,
    String sha256,
    String mimeType,
    long bytes,
    Integer width,
    Integer height,
    Double durationSeconds,
    Boolean hasAudio,
    S3Location s3,
    MediaSource source) {

  private static final int ID_LENGTH = 32;

  public MediaItem {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(modality, "modality");
    Objects.requireNonNull(sha256, "sha256");
  }

  /** The medium's id: the first 128 bits of its SHA-256, in lower-case hexadecimal. */
  public static String idOf(String sha256) {
    return sha256.substring(0, ID_LENGTH);
  }

  /** A medium with only its content known. */
  public static MediaItem of(Modality modality, String sha256, String mimeType, long bytes) {
    return new MediaItem(
        idOf(sha256), modality, sha256, mimeType, bytes, null, null, null, null, null, null);
  }

  /** A copy with the picture's size in pixels; null for audio. */
  public MediaItem withSize(Integer newWidth, Integer newHeight) {
    return new MediaItem(
        id,
        modality,
        sha256,
        mimeType,
        bytes,
        newWidth,
        newHeight,
        durationSeconds,
        hasAudio,
        s3,
        source);
  }

  /** A copy with its length in seconds; null for stills and when unknown. */
  public MediaItem withDurationSeconds(Double seconds) {
    return new MediaItem(
        id, modality, sha256, mimeType, bytes, width, height, seconds, hasAudio, s3, source);
  }

  /** A copy with or without an audio track; null unless it is a video. */
  public MediaItem withAudio(Boolean newHasAudio) {
    return new MediaItem(
        id,
        modality,
        sha256,
        mimeType,
        bytes,
        width,
        height,
        durationSeconds,
        newHasAudio,
        s3,
        source);
  }

  /** A copy at another location. */
  public MediaItem withS3(S3Location newS3) {
    return new MediaItem(
        id,
        modality,
        sha256,
        mimeType,
        bytes,
        width,
        height,
        durationSeconds,
        hasAudio,
        newS3,
        source);
  }

  /** A copy from another source. */
  public MediaItem withSource(MediaSource newSource) {
    return new MediaItem(
        id,
        modality,
        sha256,
        mimeType,
        bytes,
        width,
        height,
        durationSeconds,
        hasAudio,
        s3,
        newSource);
  }

  /** Its tracks that detectors can look at: a video with sound has two. */
  public List<Modality> tracks() {
    return modality == Modality.VIDEO && Boolean.TRUE.equals(hasAudio)
        ? List.of(Modality.VIDEO, Modality.AUDIO)
        : List.of(modality);
  }
}
