package org.touchstone.detectors.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.touchstone.detectors.base.Natives;

/** The parts of ffmpeg in use: everything outside these lists is rejected as unsupported. */
final class Ffmpeg {
  /** Only files: no network, no playlists of other files, no devices. */
  static final String PROTOCOLS = "file";

  static final String FORMATS =
      String.join(
          ",",
          "mov,mp4,m4a,3gp,3g2,mj2",
          "matroska,webm",
          "avi,mpegts,mpeg,mpegvideo,flv,asf,mxf,ogg,gif,webp_pipe",
          "mp3,wav,w64,flac,aac,aiff,amr,caf,ac3,eac3");

  static final String CODECS =
      String.join(
          ",",
          "h264,hevc,vp8,vp9,av1,libaom-av1,mpeg4,mpeg2video,mpeg1video,h263,flv,theora",
          "msmpeg4,msmpeg4v2,msmpeg4v1,wmv1,wmv2,wmv3,vc1,mjpeg,prores,dnxhd,rawvideo,gif,webp,png",
          "vp6,vp6a,vp6f,speex,nellymoser,adpcm_swf,adpcm_ima_qt,dca,pcm_dvd,pcm_bluray",
          "aac,aac_latm,mp3,mp3float,mp2,mp2float,opus,libopus,vorbis,flac,alac,ac3,eac3",
          "wmav1,wmav2,wmapro,amrnb,amrwb,adpcm_ima_wav,adpcm_ms,pcm_alaw,pcm_mulaw,pcm_u8,pcm_s8",
          "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be");

  private Ffmpeg() {}

  /** Loads the native libraries on first use. Must be called before any other function. */
  static void load() {
    Natives.configure();
    av_log_set_level(AV_LOG_QUIET);
  }

  /** A software decoder, or null. ffmpeg's own for AV1 works with special hardware only. */
  static AVCodec decoder(int codecId) {
    return codecId == AV_CODEC_ID_AV1
        ? avcodec_find_decoder_by_name("libaom-av1")
        : avcodec_find_decoder(codecId);
  }
}
