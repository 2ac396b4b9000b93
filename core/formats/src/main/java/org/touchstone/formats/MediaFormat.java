package org.touchstone.formats;

import java.util.Optional;
import org.touchstone.domain.Modality;

/**
 * The accepted formats. An animated GIF, WebP or AVIF is an image: it has no sound, and detectors
 * look at its pictures. A container that can hold both video and audio is classified only after its
 * tracks are known.
 */
public enum MediaFormat {
  JPEG("image/jpeg"),
  PNG("image/png"),
  GIF("image/gif"),
  WEBP("image/webp"),
  AVIF("image/avif"),
  HEIC("image/heic"),
  BMP("image/bmp"),
  TIFF("image/tiff"),

  MP4("video/mp4", "audio/mp4", "mov"),
  M4A("video/mp4", "audio/mp4", "mov"),
  QUICKTIME("video/quicktime", "audio/mp4", "mov"),
  THREE_GPP("video/3gpp", "audio/3gpp", "mov"),
  MATROSKA("video/x-matroska", "audio/x-matroska", "matroska"),
  WEBM("video/webm", "audio/webm", "matroska"),
  AVI("video/x-msvideo", "audio/x-msvideo", "avi"),
  MPEG_TS("video/mp2t", "audio/mp2t", "mpegts"),
  MPEG_PS("video/mpeg", "audio/mpeg", "mpeg"),
  FLV("video/x-flv", "audio/x-flv", "flv"),
  OGG("video/ogg", "audio/ogg", "ogg"),
  ASF("video/x-ms-wmv", "audio/x-ms-wma", "asf"),
  MXF("application/mxf", "application/mxf", "mxf"),
  /** A bare MPEG-1 or MPEG-2 video stream, which cannot hold sound. */
  MPEG_VIDEO("video/mpeg", null, "mpegvideo"),

  MP3("audio/mpeg", "mp3"),
  WAV("audio/wav", "wav"),
  FLAC("audio/flac", "flac"),
  AAC("audio/aac", "aac"),
  AMR("audio/amr", "amr"),
  AIFF("audio/aiff", "aiff"),
  CAF("audio/x-caf", "caf");

  private final String imageType;
  private final String videoType;
  private final String audioType;
  private final String demuxer;

  MediaFormat(String imageType) {
    this(imageType, null, null, null);
  }

  MediaFormat(String audioType, String demuxer) {
    this(null, null, audioType, demuxer);
  }

  MediaFormat(String videoType, String audioType, String demuxer) {
    this(null, videoType, audioType, demuxer);
  }

  MediaFormat(String imageType, String videoType, String audioType, String demuxer) {
    this.imageType = imageType;
    this.videoType = videoType;
    this.audioType = audioType;
    this.demuxer = demuxer;
  }

  /**
   * The widest possible kind: a container that can hold both video and audio may turn out to be
   * audio only.
   */
  public Modality modality() {
    if (imageType != null) {
      return Modality.IMAGE;
    }
    return videoType != null ? Modality.VIDEO : Modality.AUDIO;
  }

  /**
   * The kind of a file of this format, given its tracks.
   *
   * @param hasVideo whether it has a decodable moving picture; a cover image does not count
   * @param hasAudio whether it has decodable sound
   * @return empty when the file has neither
   */
  public Optional<Modality> modality(boolean hasVideo, boolean hasAudio) {
    if (hasVideo && videoType != null) {
      return Optional.of(Modality.VIDEO);
    }
    return hasAudio && audioType != null ? Optional.of(Modality.AUDIO) : Optional.empty();
  }

  /**
   * The media type of a file of this format.
   *
   * @param modality the kind of the file
   * @throws IllegalArgumentException when this format cannot be that
   */
  public String mimeType(Modality modality) {
    String type =
        switch (modality) {
          case IMAGE -> imageType;
          case VIDEO -> videoType;
          case AUDIO -> audioType;
        };
    if (type == null) {
      throw new IllegalArgumentException(this + " is never " + modality);
    }
    return type;
  }

  /** FFmpeg's name of the one demuxer that reads it; absent for images. */
  public String demuxer() {
    return demuxer;
  }

  /** Whether it is built of ISO base media boxes, QuickTime's included. */
  public boolean isIsoMedia() {
    return this == AVIF || this == HEIC || "mov".equals(demuxer);
  }
}
