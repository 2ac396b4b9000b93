package org.touchstone.resolver.probe;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.sniff.MediaFormat;

/**
 * FFmpeg as a bounded process that puts a picture track and a sound track into one MP4 file without
 * re-encoding: it may open files and nothing else, and reads each with one demuxer.
 */
public final class TrackMerger {
  /** Uses the ffmpeg on the PATH. */
  public static final TrackMerger ON_PATH =
      new TrackMerger(new Ffprobe.Executable("ffmpeg", null), Duration.ofMinutes(2));

  private final Ffprobe.Executable ffmpeg;
  private final Duration timeout;

  /**
   * @param ffmpeg where the ffmpeg program is
   * @param timeout longest time for one medium
   */
  public TrackMerger(Ffprobe.Executable ffmpeg, Duration timeout) {
    this.ffmpeg = ffmpeg;
    this.timeout = timeout;
  }

  /** The ffmpeg program that lies beside an ffprobe program. */
  public static Ffprobe.Executable beside(Ffprobe.Executable ffprobe) {
    Path path = Path.of(ffprobe.path());
    return new Ffprobe.Executable(
        path.getParent() == null ? "ffmpeg" : path.resolveSibling("ffmpeg").toString(),
        ffprobe.libraryPath());
  }

  /**
   * Writes a file of the first picture track of one file and the first sound track of another.
   *
   * @throws ProblemException {@link ProblemType#MEDIA_CORRUPT} when they cannot be put together in
   *     the time
   * @throws IllegalStateException when there is no ffmpeg
   */
  public void merge(
      Path picture, MediaFormat pictureFormat, Path sound, MediaFormat soundFormat, Path to) {
    if (pictureFormat.demuxer() == null || soundFormat.demuxer() == null) {
      throw new ProblemException(ProblemType.MEDIA_CORRUPT);
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    ffmpeg.path(),
                    "-nostdin",
                    "-v",
                    "quiet",
                    "-n",
                    "-protocol_whitelist",
                    "file",
                    "-format_whitelist",
                    pictureFormat.demuxer(),
                    "-i",
                    "file:" + picture.toAbsolutePath(),
                    "-protocol_whitelist",
                    "file",
                    "-format_whitelist",
                    soundFormat.demuxer(),
                    "-i",
                    "file:" + sound.toAbsolutePath(),
                    "-map",
                    "0:v:0",
                    "-map",
                    "1:a:0",
                    "-c",
                    "copy",
                    "-map_metadata",
                    "-1",
                    "-f",
                    "mp4",
                    "file:" + to.toAbsolutePath()))
            .directory(to.toAbsolutePath().getParent().toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    if (ffmpeg.libraryPath() != null) {
      builder.environment().put("LD_LIBRARY_PATH", ffmpeg.libraryPath());
    }
    try (BoundedProcess process = start(builder)) {
      if (!process.succeeded()) {
        throw new ProblemException(ProblemType.MEDIA_CORRUPT);
      }
    }
  }

  private BoundedProcess start(ProcessBuilder builder) {
    try {
      return BoundedProcess.start(builder, timeout);
    } catch (IOException e) {
      throw new IllegalStateException("ffmpeg does not start: is it installed?", e);
    }
  }
}
