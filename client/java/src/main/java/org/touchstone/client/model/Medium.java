package org.touchstone.client.model;

/**
 * One medium. It is stored once, even if many posts carry it.
 *
 * @param id derived from the content hash: the same bytes are one medium
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
public record Medium(
    String id,
    Modality modality,
    String sha256,
    String mimeType,
    Long bytes,
    Long width,
    Long height,
    Double durationSeconds,
    Boolean hasAudio,
    S3Location s3,
    MediaSource source) {}
