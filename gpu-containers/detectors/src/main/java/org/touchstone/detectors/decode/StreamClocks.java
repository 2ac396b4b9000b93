package org.touchstone.detectors.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Reason;
import org.touchstone.formats.MediaTracks;

/** How the times of a file's pictures relate to those of its sound. */
public final class StreamClocks {
  private StreamClocks() {}

  /**
   * By how much the sound starts later than the picture: {@link VideoReader} and {@link
   * AudioReader} count seconds from the start of their own stream, so this is added to a time of
   * the sound to give the time of the picture that is shown with it.
   *
   * @param maxPixels width times height above which no picture is decoded to examine the streams
   * @return seconds, negative when the sound starts first; 0 when the file does not say
   * @throws DetectionException with {@link Reason#NOT_APPLICABLE} when there is no video stream,
   *     {@link Reason#NO_AUDIO} when there is no sound stream, or as {@link MediaFile#open}
   */
  public static double soundAfterPicture(Path file, long maxPixels, Deadline deadline) {
    try (MediaFile media = MediaFile.open(file, deadline)) {
      MediaTracks tracks = media.tracks(maxPixels);
      AVStream picture =
          tracks
              .picture()
              .map(track -> media.context().streams(track.number()))
              .orElseThrow(
                  () -> new DetectionException(Reason.NOT_APPLICABLE, "It has no video track."));
      AVStream sound =
          tracks
              .sound()
              .map(track -> media.context().streams(track.number()))
              .orElseThrow(() -> new DetectionException(Reason.NO_AUDIO, "It has no sound."));
      double apart = start(sound) - start(picture);
      return Double.isFinite(apart) ? apart : 0;
    }
  }

  private static double start(AVStream stream) {
    return stream.start_time() == AV_NOPTS_VALUE
        ? Double.NaN
        : (double) stream.start_time() * stream.time_base().num() / stream.time_base().den();
  }
}
