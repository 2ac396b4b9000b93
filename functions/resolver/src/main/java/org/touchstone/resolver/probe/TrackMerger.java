package org.touchstone.resolver.probe;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.MediaFormat;

/**
 * FFmpeg as a bounded process that combines tracks into one MP4 or WebM file without re-encoding.
 * The same tracks give the same bytes, so they are one medium whenever they are fetched. It may
 * only open files, and reads each with one demuxer.
 */
public final class TrackMerger {
  /** Uses the ffmpeg program on the PATH. */
  public static final TrackMerger ON_PATH =
      new TrackMerger(new Ffprobe.Executable("ffmpeg", null), Duration.ofMinutes(2));

  private final Ffprobe.Executable ffmpeg;
  private final Duration timeout;

  /**
   * @param ffmpeg the location of the ffmpeg program
   * @param timeout longest time for one medium
   */
  public TrackMerger(Ffprobe.Executable ffmpeg, Duration timeout) {
    this.ffmpeg = ffmpeg;
    this.timeout = timeout;
  }

  /** The ffmpeg program in the same folder as an ffprobe program. */
  public static Ffprobe.Executable beside(Ffprobe.Executable ffprobe) {
    Path path = Path.of(ffprobe.path());
    return new Ffprobe.Executable(
        path.getParent() == null ? "ffmpeg" : path.resolveSibling("ffmpeg").toString(),
        ffprobe.libraryPath());
  }

  /**
   * Writes the first picture track of one file and the first sound track of another to a new file.
   *
   * @param maxBytes a larger result is cut off, but is still larger than this
   * @throws ProblemException {@link ProblemType#MEDIA_CORRUPT} when they cannot be combined in time
   * @throws EnvironmentFault when ffmpeg does not run on this machine, or the disk is full
   */
  public void merge(
      Path picture,
      MediaFormat pictureFormat,
      Path sound,
      MediaFormat soundFormat,
      Path to,
      long maxBytes) {
    List<String> arguments = new ArrayList<>();
    addInput(arguments, picture, pictureFormat);
    addInput(arguments, sound, soundFormat);
    arguments.addAll(List.of("-map", "0:v:0", "-map", "1:a:0"));
    run(arguments, container(pictureFormat, soundFormat), to, maxBytes);
  }

  /** Chooses the container: WebM's older codecs are not allowed in MP4. */
  private static String container(MediaFormat... formats) {
    return List.of(formats).stream().allMatch(MediaFormat.WEBM::equals) ? "webm" : "mp4";
  }

  /**
   * Writes the first picture and sound track of a file to a new file; either may be missing.
   * Concatenated parts become one proper file.
   *
   * @param maxBytes a larger result is cut off, but is still larger than this
   * @throws ProblemException {@link ProblemType#MEDIA_CORRUPT} when it cannot be done in time
   * @throws EnvironmentFault when ffmpeg does not run on this machine, or the disk is full
   */
  public void remux(Path parts, MediaFormat format, Path to, long maxBytes) {
    List<String> arguments = new ArrayList<>();
    addInput(arguments, parts, format);
    arguments.addAll(List.of("-map", "0:v:0?", "-map", "0:a:0?"));
    run(arguments, container(format), to, maxBytes);
  }

  private static void addInput(List<String> arguments, Path file, MediaFormat format) {
    if (format.demuxer() == null) {
      throw new ProblemException(ProblemType.MEDIA_CORRUPT);
    }
    arguments.addAll(
        List.of(
            "-protocol_whitelist",
            "file",
            "-format_whitelist",
            format.demuxer(),
            "-i",
            "file:" + file.toAbsolutePath()));
  }

  private void run(List<String> arguments, String container, Path to, long maxBytes) {
    List<String> command = new ArrayList<>(List.of(ffmpeg.path(), "-nostdin", "-v", "quiet", "-n"));
    command.addAll(arguments);
    command.addAll(
        List.of(
            "-c",
            "copy",
            "-map_metadata",
            "-1",
            "-fflags",
            "+bitexact",
            // Bounded, because an index may refer to the same bytes any number of times.
            "-fs",
            Long.toString(maxBytes),
            "-f",
            container,
            "file:" + to.toAbsolutePath()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(to.toAbsolutePath().getParent().toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    ffmpeg.setEnvironment(builder);
    try (BoundedProcess process = start(builder)) {
      if (!process.succeeded()) {
        ProgramCheck.requireSoundMachine(ffmpeg, process, to.toAbsolutePath().getParent());
        throw new ProblemException(ProblemType.MEDIA_CORRUPT);
      }
    }
  }

  private BoundedProcess start(ProcessBuilder builder) {
    try {
      return BoundedProcess.start(builder, timeout);
    } catch (IOException e) {
      throw ProgramCheck.notStarted(e);
    }
  }
}
