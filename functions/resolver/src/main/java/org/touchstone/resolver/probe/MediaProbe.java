package org.touchstone.resolver.probe;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.FormatException;
import org.touchstone.formats.LargePictures;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.MediaTrack;
import org.touchstone.formats.MediaTracks;
import org.touchstone.formats.PixelSize;

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
    MediaLimits.checkPixels(size, most(file, format));
    ImageProbe.requireMost(file, format);
    String type = format.mimeType(Modality.IMAGE);
    return new Probed(Modality.IMAGE, type, size.width(), size.height(), null, null);
  }

  private long most(Path file, MediaFormat format) throws IOException {
    try {
      return LargePictures.maxPixels(file, format, limits.maxImagePixels());
    } catch (FormatException | EOFException e) {
      throw new ProblemException(Problem.of(ProblemType.MEDIA_CORRUPT), e);
    }
  }

  private Probed recording(Path file, MediaFormat format) throws IOException {
    try {
      return tracks(file, format, ffprobe.report(file, format));
    } catch (FormatException | EOFException e) {
      throw new ProblemException(Problem.of(ProblemType.MEDIA_CORRUPT), e);
    }
  }

  private Probed tracks(Path file, MediaFormat format, FfprobeReport report) throws IOException {
    if (report.tracks().isEmpty()) {
      throw new FormatException("no tracks");
    }
    MediaTracks tracks = report.asTracks(format);
    Modality modality = tracks.modality();
    if (modality == Modality.AUDIO) {
      Double seconds = seconds(file, format, report);
      limits.checkBytes(Modality.AUDIO, Files.size(file));
      String type = format.mimeType(Modality.AUDIO);
      return new Probed(Modality.AUDIO, type, null, null, seconds, null, report.tags());
    }
    MediaTrack picture = tracks.picture().orElseThrow();
    MediaLimits.checkPixels(
        PixelSize.of(picture.width(), picture.height()), limits.maxFramePixels());
    Double seconds = seconds(file, format, report);
    PixelSize size = report.tracks().get(picture.number()).shownSize();
    String type = format.mimeType(Modality.VIDEO);
    boolean hasAudio = tracks.sound().isPresent();
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
