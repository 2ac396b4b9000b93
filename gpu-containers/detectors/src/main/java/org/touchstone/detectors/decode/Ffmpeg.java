package org.touchstone.detectors.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import java.util.Objects;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.touchstone.detectors.base.Natives;
import org.touchstone.formats.Codecs;
import org.touchstone.formats.MediaFormat;

/** The parts of ffmpeg in use: everything else is rejected as unsupported. */
final class Ffmpeg {
  /** Only files: no network, no playlists of other files, no devices. */
  static final String PROTOCOLS = "file";

  static final String CODECS = Codecs.decoders();

  private Ffmpeg() {}

  /** Loads the native libraries on first use. Must be called before any other function. */
  static void load() {
    Natives.configure();
    av_log_set_level(AV_LOG_QUIET);
  }

  /** The one demuxer that reads a format, or none. */
  static String demuxer(MediaFormat format) {
    return format == MediaFormat.WEBP
        ? "webp_pipe"
        : Objects.requireNonNullElse(format.demuxer(), "none");
  }

  /** A software decoder, or null. ffmpeg's own for AV1 works with special hardware only. */
  static AVCodec decoder(int codecId) {
    return codecId == AV_CODEC_ID_AV1
        ? avcodec_find_decoder_by_name("libaom-av1")
        : avcodec_find_decoder(codecId);
  }
}
