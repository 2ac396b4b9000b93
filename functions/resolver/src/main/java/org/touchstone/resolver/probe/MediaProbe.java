package org.touchstone.resolver.probe;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.FormatException;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.PixelSize;
import org.touchstone.resolver.probe.FfprobeReport.Track;

/** Determines a medium's kind and size, and rejects media beyond the limits. Thread-safe. */
public final class MediaProbe {
  private final Ffprobe ffprobe;
  private final MediaLimits limits;

  public MediaProbe(Ffprobe ffprobe, MediaLimits limits) {
    this.ffprobe = ffprobe;
    this.limits = limits;
  }

  /**
   * @param file the medium, or as much of it as {@link ProbeFile} keeps
   * @param format the sniffed format
   * @throws ProblemException of type {@code media.corrupt}, {@code media.unsupported} or {@code
   *     media.too-*}
   * @throws IOException when the file cannot be read from disk
   * @throws EnvironmentFault when ffprobe does not run on this machine
   */
  public Probed probe(Path file, MediaFormat format) throws IOException {
    return format.modality() == Modality.IMAGE ? image(file, format) : recording(file, format);
  }

  private Probed image(Path file, MediaFormat format) throws IOException {
    PixelSize size = ImageProbe.size(file, format);
    limits.checkPixels(Modality.IMAGE, size);
    String type = format.mimeType(Modality.IMAGE);
    return new Probed(Modality.IMAGE, type, size.width(), size.height(), null, null);
  }

  private Probed recording(Path file, MediaFormat format) throws IOException {
    try {
      return tracks(file, format, ffprobe.report(file, format));
    } catch (FormatException | EOFException e) {
      throw new ProblemException(Problem.of(ProblemType.MEDIA_CORRUPT), e);
    }
  }

  private Probed tracks(Path file, MediaFormat format, FfprobeReport report) throws IOException {
    List<Track> videos = report.tracks().stream().filter(Track::isVideo).toList();
    boolean hasAudio = report.tracks().stream().anyMatch(Track::isAudio);
    if (report.tracks().isEmpty()) {
      throw new FormatException("no tracks");
    }
    Modality modality =
        format
            .modality(!videos.isEmpty(), hasAudio)
            .orElseThrow(() -> new ProblemException(ProblemType.MEDIA_UNSUPPORTED));
    if (modality == Modality.AUDIO) {
      Double seconds = seconds(file, format, report);
      limits.checkBytes(Modality.AUDIO, Files.size(file));
      String type = format.mimeType(Modality.AUDIO);
      return new Probed(Modality.AUDIO, type, null, null, seconds, null, report.tags());
    }
    for (Track video : videos) {
      limits.checkPixels(Modality.VIDEO, PixelSize.of(video.width(), video.height()));
    }
    Double seconds = seconds(file, format, report);
    Track first = videos.getFirst();
    PixelSize size = PixelSize.of(first.width(), first.height()).turned(first.isQuarterTurn());
    String type = format.mimeType(Modality.VIDEO);
    return new Probed(
        Modality.VIDEO, type, size.width(), size.height(), seconds, hasAudio, report.tags());
  }

  private Double seconds(Path file, MediaFormat format, FfprobeReport report) throws IOException {
    double seconds = report.durationSeconds();
    limits.checkSeconds(seconds);
    if (seconds <= 0) {
      seconds = ffprobe.secondsByPackets(file, format, limits.maxDuration().toMillis() / 1000.0);
      limits.checkSeconds(seconds);
    }
    return seconds > 0 ? seconds : null;
  }
}
