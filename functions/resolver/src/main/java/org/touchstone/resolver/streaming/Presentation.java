package org.touchstone.resolver.streaming;

/**
 * The tracks chosen from a manifest.
 *
 * @param main the picture, with or without sound; or the sound of a recording without a picture
 * @param sound the separate sound; absent otherwise
 */
public record Presentation(SegmentedFile main, SegmentedFile sound) {
  /** Bytes of all tracks, 0 when unknown. */
  public long bytes() {
    return main.bytes() + (sound == null ? 0 : sound.bytes());
  }
}
