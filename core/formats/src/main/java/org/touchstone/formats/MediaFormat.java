package org.touchstone.formats;

import java.util.Optional;
import org.touchstone.domain.Modality;

/**
 * The formats that are accepted. An animated GIF, WebP or AVIF is an image: it has no sound, and
 * what detectors look for in it is in its pictures. Whether a container that can hold both is a
 * video or audio is known only after its tracks were looked at.
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

  MP3("audio/mpeg", "mp3"),
  WAV("audio/wav", "wav"),
  FLAC("audio/flac", "flac"),
  AAC("audio/aac", "aac"),
  AMR("audio/amr", "amr"),
  AIFF("audio/aiff", "aiff");

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

  /** What it can be at most: a container that can hold both may turn out to be audio only. */
  public Modality modality() {
    if (imageType != null) {
      return Modality.IMAGE;
    }
    return videoType != null ? Modality.VIDEO : Modality.AUDIO;
  }

  /**
   * What a file of this format is by the tracks in it.
   *
   * @param hasVideo whether it has a moving picture that can be decoded; a cover is none
   * @param hasAudio whether it has sound that can be decoded
   * @return empty when it has neither
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
   * @param modality what it turned out to be
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
