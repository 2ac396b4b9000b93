package org.touchstone.detectors.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_CHANNEL_ORDER_UNSPEC;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_compare;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_uninit;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_out_samples;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;
import static org.bytedeco.ffmpeg.global.swresample.swr_set_matrix;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Converts frames of sound to one channel of 16-bit samples at one rate. Channels count by where
 * their speakers stand, or all alike where no layout has as many. Sound whose format changes midway
 * is converted piece by piece. Not thread-safe.
 */
final class SoundConverter implements AutoCloseable {
  private static final int MIN_RATE = 1_000;
  private static final int MAX_RATE = 768_000;
  private static final int MAX_CHANNELS = 64;

  /** Most samples of one frame; no codec has larger frames. */
  private static final int MAX_SAMPLES = 1 << 22;

  /** Most samples of all channels of a frame together: 64 MB. */
  private static final long MAX_VALUES = 1 << 24;

  private final int sampleRate;
  private final AVChannelLayout mono = new AVChannelLayout();
  private final AVChannelLayout layout = new AVChannelLayout();
  private final PointerPointer<Pointer> target = new PointerPointer<>(1);
  private SwrContext resampler;
  private int format;
  private int rate;
  private BytePointer samples = new BytePointer();

  SoundConverter(int sampleRate) {
    this.sampleRate = sampleRate;
    av_channel_layout_default(mono, 1);
  }

  /** The samples of a frame, after the rest of an earlier format; empty for a bad frame. */
  short[] convert(AVFrame frame) {
    if (frame.sample_rate() < MIN_RATE
        || frame.sample_rate() > MAX_RATE
        || frame.ch_layout().nb_channels() < 1
        || frame.ch_layout().nb_channels() > MAX_CHANNELS
        || frame.nb_samples() < 1
        || frame.nb_samples() > MAX_SAMPLES
        || (long) frame.nb_samples() * frame.ch_layout().nb_channels() > MAX_VALUES) {
      return new short[0];
    }
    short[] rest = new short[0];
    if (resampler == null || !isSameForm(frame)) {
      rest = rest();
      if (!open(frame)) {
        return rest;
      }
    }
    return joined(rest, run(frame.extended_data(), frame.nb_samples()));
  }

  /** The samples that the resampler still holds at the end. */
  short[] rest() {
    if (resampler == null) {
      return new short[0];
    }
    short[] rest = run(null, 0);
    swr_free(resampler);
    resampler = null;
    return rest;
  }

  private boolean isSameForm(AVFrame frame) {
    return frame.format() == format
        && frame.sample_rate() == rate
        && av_channel_layout_compare(frame.ch_layout(), layout) == 0;
  }

  private boolean open(AVFrame frame) {
    av_channel_layout_copy(layout, frame.ch_layout());
    format = frame.format();
    rate = frame.sample_rate();
    AVChannelLayout from = new AVChannelLayout();
    try {
      if (layout.order() == AV_CHANNEL_ORDER_UNSPEC) {
        av_channel_layout_default(from, layout.nb_channels());
      } else {
        av_channel_layout_copy(from, layout);
      }
      SwrContext made = new SwrContext(null);
      boolean opened =
          swr_alloc_set_opts2(
                      made, mono, AV_SAMPLE_FMT_S16, sampleRate, from, format, rate, 0, null)
                  >= 0
              && (from.order() != AV_CHANNEL_ORDER_UNSPEC
                  || swr_set_matrix(made, equal(from.nb_channels()), from.nb_channels()) >= 0)
              && swr_init(made) >= 0;
      if (opened) {
        resampler = made;
      } else {
        swr_free(made);
      }
      return opened;
    } finally {
      av_channel_layout_uninit(from);
      from.close();
    }
  }

  private static double[] equal(int channels) {
    double[] shares = new double[channels];
    Arrays.fill(shares, 1.0 / channels);
    return shares;
  }

  private short[] run(PointerPointer<?> input, int count) {
    int room = swr_get_out_samples(resampler, count);
    if (room < 1) {
      return new short[0];
    }
    if (samples.capacity() < (long) room * Short.BYTES) {
      samples.close();
      samples = new BytePointer((long) room * Short.BYTES);
    }
    target.put(0, samples);
    int got = swr_convert(resampler, target, room, input, count);
    short[] result = new short[Math.max(0, got)];
    samples.asByteBuffer().order(ByteOrder.nativeOrder()).asShortBuffer().get(result);
    return result;
  }

  private static short[] joined(short[] first, short[] second) {
    if (first.length == 0) {
      return second;
    }
    short[] both = new short[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Override
  public void close() {
    if (resampler != null) {
      swr_free(resampler);
      resampler = null;
    }
    av_channel_layout_uninit(layout);
    layout.close();
    mono.close();
    target.close();
    samples.close();
  }
}
