package org.touchstone.domain;

import java.util.Objects;

/**
 * One medium, stored once however many posts carry it.
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
}
