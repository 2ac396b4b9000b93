package org.touchstone.detectors.decode;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.touchstone.models.SoundCodec;

/**
 * The sound stream of a file, before it was decoded.
 *
 * @param codec ffmpeg's name of the codec, such as {@code mp3} or {@code pcm_mulaw}
 * @param sampleRate samples per second
 * @param channels number of channels
 */
public record SoundSource(String codec, int sampleRate, int channels) {
  private static final Set<String> TELEPHONE =
      Set.of(
          "pcm_mulaw",
          "pcm_alaw",
          "amrnb",
          "amr_nb",
          "gsm",
          "gsm_ms",
          "g723_1",
          "g729",
          "adpcm_g726",
          "adpcm_g726le",
          "ilbc",
          "qcelp",
          "evrc",
          "speex");

  private static final Set<String> LOSSLESS =
      Set.of("flac", "alac", "wavpack", "ape", "tta", "tak", "truehd", "mlp", "shorten");

  public SoundSource {
    Objects.requireNonNull(codec, "codec");
  }

  /** How the codec stores sound. */
  public SoundCodec kind() {
    String name = codec.toLowerCase(Locale.ROOT);
    if (TELEPHONE.contains(name)) {
      return SoundCodec.TELEPHONE;
    }
    return LOSSLESS.contains(name) || name.startsWith("pcm_")
        ? SoundCodec.LOSSLESS
        : SoundCodec.LOSSY;
  }
}
