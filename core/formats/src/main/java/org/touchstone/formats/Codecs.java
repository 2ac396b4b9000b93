package org.touchstone.formats;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The codings of picture and sound that Touchstone decodes, by ffmpeg's names of them. A medium is
 * accepted only if its tracks are on these lists, and nothing else is ever decoded: what people's
 * cameras, phones, editors, television and older programs write, and nothing that is found only in
 * games.
 */
public final class Codecs {
  private static final Set<String> PICTURE =
      names(
          // Delivery.
          "h264 hevc vp8 vp9 av1 mpeg4 mpeg2video mpeg1video h261 h263 h263p flv1 theora vp3 vp5",
          "vp6 vp6a vp6f vp7 msmpeg4v1 msmpeg4v2 msmpeg4v3 wmv1 wmv2 wmv3 vc1 svq1 svq3 cinepak",
          "indeo3 indeo4 indeo5 msvideo1 rpza smc dirac",
          // Cameras and editing.
          "mjpeg mjpegb dvvideo prores dnxhd cfhd aic hap jpeg2000 qtrle 8bps huffyuv ffvhuff",
          "ffv1 utvideo magicyuv lagarith rawvideo v210 v308 v408 v410 r210 r10k yuv4 y41p",
          // Recordings of screens.
          "flashsv flashsv2 zmbv fraps tscc tscc2 mss1 mss2 g2m",
          // Still pictures one after another.
          "gif png webp bmp tiff");

  private static final Set<String> SOUND =
      names(
          "aac aac_latm mp3 mp2 mp1 opus vorbis flac alac ac3 eac3 dts truehd mlp wmav1 wmav2",
          "wmapro wmalossless wmavoice amr_nb amr_wb speex nellymoser gsm gsm_ms ilbc g723_1 g729",
          "wavpack tta qdm2 qdmc mace3 mace6 adpcm_ima_wav adpcm_ima_qt adpcm_ms adpcm_swf",
          "adpcm_yamaha adpcm_g722 adpcm_g726 adpcm_g726le pcm_alaw pcm_mulaw pcm_u8 pcm_s8",
          "pcm_s8_planar pcm_s16le pcm_s16be pcm_s16le_planar pcm_s16be_planar pcm_u16le pcm_u16be",
          "pcm_s24le pcm_s24be pcm_s24le_planar pcm_u24le pcm_u24be pcm_s32le pcm_s32be",
          "pcm_s32le_planar pcm_u32le pcm_u32be pcm_f32le pcm_f32be pcm_f64le pcm_f64be pcm_dvd",
          "pcm_bluray s302m");

  private static final Set<String> STILL = names("mjpeg png gif bmp tiff webp jpeg2000");

  /** Decoders that are not named like what they decode. */
  private static final Map<String, String> DECODERS =
      Map.ofEntries(
          Map.entry("av1", "av1 libaom-av1"),
          Map.entry("flv1", "flv"),
          Map.entry("msmpeg4v3", "msmpeg4"),
          Map.entry("tscc", "camtasia"),
          Map.entry("mp3", "mp3 mp3float"),
          Map.entry("mp2", "mp2 mp2float"),
          Map.entry("mp1", "mp1 mp1float"),
          Map.entry("dts", "dca"),
          Map.entry("amr_nb", "amrnb"),
          Map.entry("amr_wb", "amrwb"),
          Map.entry("adpcm_g722", "g722"),
          Map.entry("adpcm_g726", "g726"),
          Map.entry("adpcm_g726le", "g726le"));

  private Codecs() {}

  private static Set<String> names(String... lines) {
    return Stream.of(lines)
        .flatMap(line -> Stream.of(line.split(" ")))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether moving pictures coded so can be decoded. */
  public static boolean isPicture(String codec) {
    return PICTURE.contains(codec);
  }

  /** Whether sound coded so can be decoded. */
  public static boolean isSound(String codec) {
    return SOUND.contains(codec);
  }

  /** Whether it is a coding of single pictures, such as covers. */
  static boolean isStill(String codec) {
    return STILL.contains(codec);
  }

  /** All codings of pictures and of sound. */
  public static Set<String> all() {
    Set<String> all = new TreeSet<>(PICTURE);
    all.addAll(SOUND);
    return all;
  }

  /** Names of ffmpeg's decoders of all these, as its option {@code codec_whitelist} reads them. */
  public static String decoders() {
    return all().stream()
        .map(codec -> DECODERS.getOrDefault(codec, codec).replace(' ', ','))
        .collect(Collectors.joining(","));
  }
}
