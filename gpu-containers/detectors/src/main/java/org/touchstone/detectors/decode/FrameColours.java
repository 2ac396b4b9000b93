package org.touchstone.detectors.decode;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT2020;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_SMPTE431;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_SMPTE432;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_NB;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_ARIB_STD_B67;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE2084;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_CONTENT_LIGHT_LEVEL;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_MASTERING_DISPLAY_METADATA;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;
import static org.bytedeco.ffmpeg.global.swscale.sws_test_colorspace;

import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVContentLightMetadata;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVMasteringDisplayMetadata;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.touchstone.detectors.colour.Gamut;
import org.touchstone.detectors.colour.ToneMap;
import org.touchstone.detectors.colour.Transfer;

/**
 * What a frame's tags say about its colours. High dynamic range and the primaries of BT.2020 are
 * mapped to what screens show. Other primaries and curves are close to sRGB; their samples are
 * kept, as those of still pictures are. Makes a map once for all frames that are tagged alike.
 */
final class FrameColours {
  private Key key;
  private ToneMap map;

  private record Key(Transfer transfer, Gamut gamut, int peakNits) {}

  /** The map that a frame's colours need; empty when its samples are kept. */
  Optional<ToneMap> toneMap(AVFrame frame) {
    Transfer transfer =
        switch (frame.color_trc()) {
          case AVCOL_TRC_SMPTE2084 -> Transfer.PQ;
          case AVCOL_TRC_ARIB_STD_B67 -> Transfer.HLG;
          default -> Transfer.STANDARD;
        };
    boolean wide = frame.color_primaries() == AVCOL_PRI_BT2020;
    if (transfer == Transfer.STANDARD && !wide) {
      return Optional.empty();
    }
    Gamut gamut =
        switch (frame.color_primaries()) {
          case AVCOL_PRI_BT709 -> Gamut.BT709;
          case AVCOL_PRI_SMPTE431, AVCOL_PRI_SMPTE432 -> Gamut.DISPLAY_P3;
          default -> Gamut.BT2020;
        };
    int peak = transfer == Transfer.PQ ? peakNits(frame) : ToneMap.DEFAULT_PEAK_NITS;
    Key wanted = new Key(transfer, gamut, peak);
    if (!wanted.equals(key)) {
      map = new ToneMap(transfer, gamut, peak);
      key = wanted;
    }
    return Optional.of(map);
  }

  /** The brightest pixel of the video, or what its makers' display could show. */
  private static int peakNits(AVFrame frame) {
    AVFrameSideData light = av_frame_get_side_data(frame, AV_FRAME_DATA_CONTENT_LIGHT_LEVEL);
    if (light != null && !light.isNull()) {
      int most = new AVContentLightMetadata(light.data()).MaxCLL();
      if (most > 0) {
        return most;
      }
    }
    AVFrameSideData display =
        av_frame_get_side_data(frame, AV_FRAME_DATA_MASTERING_DISPLAY_METADATA);
    if (display != null && !display.isNull()) {
      AVMasteringDisplayMetadata data = new AVMasteringDisplayMetadata(display.data());
      AVRational most = data.max_luminance();
      if (data.has_luminance() != 0 && most.num() > 0 && most.den() > 0) {
        return Math.max(1, most.num() / most.den());
      }
    }
    return ToneMap.DEFAULT_PEAK_NITS;
  }

  /**
   * Removes the tags that swscale is not to act on, and replaces matrices that it does not know,
   * which no camera uses, by the likeliest one.
   */
  static void hide(AVFrame frame) {
    if (sws_test_colorspace(frame.colorspace(), 0) == 0) {
      frame.colorspace(
          switch (frame.color_primaries()) {
            case AVCOL_PRI_BT2020 -> AVCOL_SPC_BT2020_NCL;
            case AVCOL_PRI_BT709 -> AVCOL_SPC_BT709;
            default -> AVCOL_SPC_UNSPECIFIED;
          });
    }
    if (frame.color_range() < 0 || frame.color_range() >= AVCOL_RANGE_NB) {
      frame.color_range(AVCOL_RANGE_UNSPECIFIED);
    }
    frame.color_trc(AVCOL_TRC_UNSPECIFIED);
    frame.color_primaries(AVCOL_PRI_UNSPECIFIED);
  }
}
