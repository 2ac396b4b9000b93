package org.touchstone.formats;

import java.util.Objects;

/**
 * A track of a recording.
 *
 * @param number its place in the file, from 0
 * @param kind picture, sound or anything else
 * @param codec ffmpeg's name of its coding; empty when not known
 * @param width of a picture as coded, pixels; 0 when not known
 * @param height of a picture as coded, pixels; 0 when not known
 * @param preferred whether the file asks for it to be shown
 * @param cover whether it is marked as a cover
 * @param frames how many frames it has; 0 when not known
 */
public record MediaTrack(
    int number,
    Kind kind,
    String codec,
    int width,
    int height,
    boolean preferred,
    boolean cover,
    long frames) {

  /** What a track holds. */
  public enum Kind {
    PICTURE,
    SOUND,
    OTHER
  }

  public MediaTrack {
    Objects.requireNonNull(kind, "kind");
    codec = codec == null || codec.equals("unknown") || codec.equals("none") ? "" : codec;
  }

  long pixels() {
    return (long) width * height;
  }
}
