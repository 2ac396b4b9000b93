package org.touchstone.models;

import java.util.List;
import java.util.Objects;

/**
 * A tensor made from the medium. Its layout tells its kind. Pictures are RGB with values of 0..255
 * in every type, unless the manifest says otherwise ({@link PixelValues}).
 */
public sealed interface Input {
  /** A size that is not fixed: rows of different sizes are run separately. */
  int ANY_SIZE = 0;

  /** Colours of a pixel. */
  int CHANNELS = 3;

  /** The input's name in the graph. */
  String name();

  ElementType type();

  Layout layout();

  /** The dimensions without the first, which is the batch; {@link #ANY_SIZE} where not fixed. */
  List<Integer> shape();

  /** Whether every row has the same size. */
  default boolean hasFixedSize() {
    return !shape().contains(ANY_SIZE);
  }

  /** Values of a row of an input of fixed size. */
  default int elements() {
    return shape().stream().reduce(1, Math::multiplyExact);
  }

  /** Pictures, alone or as clips. */
  sealed interface Visual extends Input {
    /** Pixels; {@link #ANY_SIZE} when not fixed. */
    int height();

    /** Pixels; {@link #ANY_SIZE} when not fixed. */
    int width();

    /** Pictures of a row. */
    int frames();

    /** How pictures of another shape and type are made to fit. */
    Preparation preparation();

    /** How pictures of another shape are made to fit, unless they are resized first. */
    default Fit fit() {
      return preparation().fit();
    }

    /** How parts of pictures are scaled. */
    default Resampling resampling() {
      return preparation().resampling();
    }
  }

  /** A picture a row. */
  record Picture(
      String name, ElementType type, Layout layout, int height, int width, Preparation preparation)
      implements Visual {
    public Picture {
      require(name, type, layout, layout == Layout.NHWC || layout == Layout.NCHW);
      require(type, preparation);
    }

    @Override
    public int frames() {
      return 1;
    }

    @Override
    public List<Integer> shape() {
      return layout.isPlanar()
          ? List.of(CHANNELS, height, width)
          : List.of(height, width, CHANNELS);
    }
  }

  /** Several consecutive pictures a row. */
  record Clip(
      String name,
      ElementType type,
      Layout layout,
      int frames,
      int height,
      int width,
      Preparation preparation)
      implements Visual {
    public Clip {
      require(name, type, layout, layout.isClip());
      require(type, preparation);
    }

    @Override
    public List<Integer> shape() {
      return layout.isPlanar()
          ? List.of(CHANNELS, frames, height, width)
          : List.of(frames, height, width, CHANNELS);
    }
  }

  /**
   * A stretch of sound a row: one channel, -1..1.
   *
   * @param sampleRate samples of a second
   * @param samples of a row; {@link #ANY_SIZE} when not fixed
   * @param windowing how a clip becomes rows
   */
  record Waveform(String name, ElementType type, int sampleRate, int samples, Windowing windowing)
      implements Input {
    public Waveform {
      require(name, type, Layout.SAMPLES, type != ElementType.UINT8);
      Objects.requireNonNull(windowing, "windowing");
    }

    @Override
    public Layout layout() {
      return Layout.SAMPLES;
    }

    @Override
    public List<Integer> shape() {
      return List.of(samples);
    }
  }

  /**
   * A stretch of sound a row, as Whisper's log-mel spectrum: 100 frames a second.
   *
   * @param bands mel bands
   * @param frames of a row
   */
  record Spectrum(String name, ElementType type, int bands, int frames) implements Input {
    public Spectrum {
      require(name, type, Layout.LOG_MEL, type == ElementType.FLOAT32);
    }

    @Override
    public Layout layout() {
      return Layout.LOG_MEL;
    }

    @Override
    public List<Integer> shape() {
      return List.of(bands, frames);
    }
  }

  private static void require(String name, ElementType type, Layout layout, boolean fits) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    if (!fits || type == ElementType.INT64) {
      throw new IllegalArgumentException("no input of type " + type + " and layout " + layout);
    }
  }

  private static void require(ElementType type, Preparation preparation) {
    Objects.requireNonNull(preparation, "preparation");
    if (type == ElementType.UINT8 && !preparation.values().equals(PixelValues.BYTES)) {
      throw new IllegalArgumentException("bytes cannot be normalised");
    }
  }
}
