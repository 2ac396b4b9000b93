package org.touchstone.detectors.base;

import java.time.Duration;
import java.util.Objects;
import org.touchstone.formats.LargePictures;

/**
 * How much of a medium is decoded.
 *
 * @param frames how many frames of a video are sampled
 * @param maxSourcePixels width times height above which a picture or a video is rejected; the
 *     header is checked before anything is decoded. Pictures that are decoded piece by piece may
 *     have {@link LargePictures#FACTOR} times as many
 * @param maxImagePixels width times height beyond which a picture is decoded at a lower resolution
 * @param maxFramePixels width times height beyond which a frame of a video is scaled down; together
 *     the frames of a video need at most {@code 3 * frames * maxFramePixels} bytes
 * @param maxTime how long decoding one video may take; frames decoded by then are used
 * @param consecutive how much of a video is decoded frame after frame
 * @param sound how much of the sound is decoded
 */
public record DecodeLimits(
    int frames,
    long maxSourcePixels,
    long maxImagePixels,
    long maxFramePixels,
    Duration maxTime,
    Consecutive consecutive,
    Sound sound) {

  public static final int DEFAULT_FRAMES = 16;
  public static final long DEFAULT_MAX_SOURCE_PIXELS = 80_000_000;
  public static final long DEFAULT_MAX_IMAGE_PIXELS = 25_000_000;

  /** Full HD, whose height decoders round up to a multiple of 16. */
  public static final long DEFAULT_MAX_FRAME_PIXELS = 1920 * 1088;

  public static final int DEFAULT_MAX_SECONDS = 60;

  /** Limits with the defaults above. */
  public static final DecodeLimits DEFAULT =
      new DecodeLimits(
          DEFAULT_FRAMES,
          DEFAULT_MAX_SOURCE_PIXELS,
          DEFAULT_MAX_IMAGE_PIXELS,
          DEFAULT_MAX_FRAME_PIXELS,
          Duration.ofSeconds(DEFAULT_MAX_SECONDS));

  public DecodeLimits {
    Objects.requireNonNull(maxTime, "maxTime");
    Objects.requireNonNull(consecutive, "consecutive");
    Objects.requireNonNull(sound, "sound");
    if (frames < 1 || maxSourcePixels < 1 || maxImagePixels < 1 || maxFramePixels < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** Limits with {@link Sound#DEFAULT}. */
  public DecodeLimits(
      int frames,
      long maxSourcePixels,
      long maxImagePixels,
      long maxFramePixels,
      Duration maxTime,
      Consecutive consecutive) {
    this(
        frames,
        maxSourcePixels,
        maxImagePixels,
        maxFramePixels,
        maxTime,
        consecutive,
        Sound.DEFAULT);
  }

  /** Limits with {@link Consecutive#DEFAULT} and {@link Sound#DEFAULT}. */
  public DecodeLimits(
      int frames,
      long maxSourcePixels,
      long maxImagePixels,
      long maxFramePixels,
      Duration maxTime) {
    this(frames, maxSourcePixels, maxImagePixels, maxFramePixels, maxTime, Consecutive.DEFAULT);
  }

  /** The same limits with another number of frames. */
  public DecodeLimits withFrames(int count) {
    return new DecodeLimits(
        count, maxSourcePixels, maxImagePixels, maxFramePixels, maxTime, consecutive, sound);
  }

  /** The same limits with another size above which pictures are rejected. */
  public DecodeLimits withMaxSourcePixels(long pixels) {
    return new DecodeLimits(
        frames, pixels, maxImagePixels, maxFramePixels, maxTime, consecutive, sound);
  }

  /** The default limits with others on the pixels of a picture. */
  public static DecodeLimits forStill(long maxSourcePixels, long maxImagePixels) {
    return new DecodeLimits(
        DEFAULT_FRAMES,
        maxSourcePixels,
        maxImagePixels,
        DEFAULT_MAX_FRAME_PIXELS,
        Duration.ofSeconds(DEFAULT_MAX_SECONDS));
  }

  /** The same limits with another size beyond which pictures are decoded smaller. */
  public DecodeLimits withMaxImagePixels(long pixels) {
    return new DecodeLimits(
        frames, maxSourcePixels, pixels, maxFramePixels, maxTime, consecutive, sound);
  }

  /**
   * How much of a video is decoded frame after frame, for detectors that look at motion.
   *
   * @param frames most frames, counted from the first
   * @param maxCropBytes most bytes of face surroundings that are kept; beyond it the frames needed
   *     are decoded a second time
   * @param maxTime how long decoding them and looking for faces may take; frames finished by then
   *     are used
   */
  public record Consecutive(int frames, long maxCropBytes, Duration maxTime) {
    /** 768 frames as in FTCN's published code, a quarter of a gigabyte, four minutes. */
    public static final Consecutive DEFAULT =
        new Consecutive(768, 256L << 20, Duration.ofMinutes(4));

    public Consecutive {
      Objects.requireNonNull(maxTime, "maxTime");
      if (frames < 1 || maxCropBytes < 0) {
        throw new IllegalArgumentException("limits must be positive");
      }
    }
  }

  /**
   * How much of the sound of a medium is decoded, into a file.
   *
   * @param maxLength from the start of the sound; each second is 32 kB
   * @param maxTime how long decoding it may take; sound decoded by then is used
   */
  public record Sound(Duration maxLength, Duration maxTime) {
    /** Six hours, which is 691 MB; four minutes. */
    public static final Sound DEFAULT = new Sound(Duration.ofHours(6), Duration.ofMinutes(4));

    public Sound {
      if (!maxLength.isPositive() || !maxTime.isPositive()) {
        throw new IllegalArgumentException("limits must be positive");
      }
    }
  }
}
