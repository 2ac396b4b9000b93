package org.touchstone.models;

/** How the sound of a medium is stored. */
public enum SoundCodec {
  /** Every sample as it was recorded. */
  LOSSLESS,
  /** Parts that people hardly hear are left out, as in MP3, AAC and Opus. */
  LOSSY,
  /** Made for telephone calls, such as G.711 and AMR. */
  TELEPHONE
}
