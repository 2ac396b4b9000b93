package org.touchstone.resolver.streaming;

/**
 * What was chosen of a manifest.
 *
 * @param main the picture, with or without sound; or the sound of what has no picture
 * @param sound the sound where it is kept apart; absent otherwise
 */
public record Presentation(SegmentedFile main, SegmentedFile sound) {
  /** Bytes of all, 0 when unknown. */
  public long bytes() {
    return main.bytes() + (sound == null ? 0 : sound.bytes());
  }
}
