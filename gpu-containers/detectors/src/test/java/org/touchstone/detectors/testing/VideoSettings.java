package org.touchstone.detectors.testing;

import java.util.Map;

/**
 * The properties of a test video.
 *
 * @param codec encoder, or null for no video
 * @param gop frames from keyframe to keyframe
 * @param rotation degrees clockwise to turn when shown
 * @param toneSeconds length of a sound track, 0 for none
 * @param tags metadata of the container
 * @param cover whether the only picture is a cover
 * @param options of the container
 * @param bitRate of the picture, bits a second
 */
public record VideoSettings(
    String codec,
    String pixelFormat,
    int width,
    int height,
    int gop,
    int rotation,
    double toneSeconds,
    Map<String, String> tags,
    boolean cover,
    Map<String, String> options,
    long bitRate) {
  private static final long USUAL = 1_000_000;

  public static VideoSettings h264(int width, int height) {
    return new VideoSettings(
        "libopenh264", "yuv420p", width, height, 50, 0, 0, Map.of(), false, Map.of(), USUAL);
  }

  public static VideoSettings audioOnly(double seconds) {
    return new VideoSettings(null, null, 0, 0, 0, 0, seconds, Map.of(), false, Map.of(), USUAL);
  }

  public VideoSettings withCodec(String newCodec, String newFormat) {
    return new VideoSettings(
        newCodec,
        newFormat,
        width,
        height,
        gop,
        rotation,
        toneSeconds,
        tags,
        cover,
        options,
        bitRate);
  }

  public VideoSettings withGop(int newGop) {
    return new VideoSettings(
        codec,
        pixelFormat,
        width,
        height,
        newGop,
        rotation,
        toneSeconds,
        tags,
        cover,
        options,
        bitRate);
  }

  public VideoSettings withRotation(int degrees) {
    return new VideoSettings(
        codec,
        pixelFormat,
        width,
        height,
        gop,
        degrees,
        toneSeconds,
        tags,
        cover,
        options,
        bitRate);
  }

  public VideoSettings withTone(double seconds) {
    return new VideoSettings(
        codec, pixelFormat, width, height, gop, rotation, seconds, tags, cover, options, bitRate);
  }

  public VideoSettings withTags(Map<String, String> newTags) {
    return new VideoSettings(
        codec,
        pixelFormat,
        width,
        height,
        gop,
        rotation,
        toneSeconds,
        newTags,
        cover,
        options,
        bitRate);
  }

  public VideoSettings asCover() {
    return new VideoSettings(
        codec,
        pixelFormat,
        width,
        height,
        gop,
        rotation,
        toneSeconds,
        tags,
        true,
        options,
        bitRate);
  }

  public VideoSettings withOptions(Map<String, String> newOptions) {
    return new VideoSettings(
        codec,
        pixelFormat,
        width,
        height,
        gop,
        rotation,
        toneSeconds,
        tags,
        cover,
        newOptions,
        bitRate);
  }

  public VideoSettings withBitRate(long bitsPerSecond) {
    return new VideoSettings(
        codec,
        pixelFormat,
        width,
        height,
        gop,
        rotation,
        toneSeconds,
        tags,
        cover,
        options,
        bitsPerSecond);
  }
}
