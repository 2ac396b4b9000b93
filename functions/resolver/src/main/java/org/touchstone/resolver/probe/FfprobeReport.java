package org.touchstone.resolver.probe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.touchstone.formats.FormatException;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.MediaTrack;
import org.touchstone.formats.MediaTracks;
import org.touchstone.formats.PixelAspect;
import org.touchstone.formats.PixelSize;
import org.touchstone.provenance.ContainerTags;
import org.touchstone.provenance.ContainerTags.Tag;

/**
 * The requested parts of ffprobe's report on a file; every part may be absent.
 *
 * @param format the file as a whole
 * @param tracks its tracks, which ffprobe calls streams
 * @param tagsLeftOut whether the tags were too long and therefore not requested
 */
public record FfprobeReport(
    Format format, @JsonProperty("streams") List<Track> tracks, boolean tagsLeftOut) {

  public FfprobeReport {
    tracks = tracks == null ? List.of() : List.copyOf(tracks);
  }

  /**
   * The file as a whole.
   *
   * @param duration seconds, as text
   * @param tags the file's tags, by name
   */
  public record Format(String duration, Map<String, String> tags) {
    public Format {
      tags = tags == null ? Map.of() : tags;
    }
  }

  /**
   * A track.
   *
   * @param type {@code video}, {@code audio}, {@code subtitle}, {@code data} or {@code attachment}
   * @param codec the codec's name; absent or {@code unknown} when FFmpeg does not know it
   * @param width pixels as coded
   * @param height pixels as coded
   * @param aspect the shape of its pixels, such as {@code 64:45}
   * @param frames how many frames it has, as text
   * @param duration seconds, as text
   * @param tags the track's tags, by name
   */
  public record Track(
      @JsonProperty("codec_type") String type,
      @JsonProperty("codec_name") String codec,
      Integer width,
      Integer height,
      @JsonProperty("sample_aspect_ratio") String aspect,
      @JsonProperty("nb_frames") String frames,
      String duration,
      Disposition disposition,
      Map<String, String> tags,
      @JsonProperty("side_data_list") List<SideData> sideData) {

    /** The tag in which older files give the rotation in degrees. */
    private static final String ROTATE = "rotate";

    public Track {
      tags = tags == null ? Map.of() : tags;
    }

    /**
     * @param number its place in the file, from 0
     */
    MediaTrack asTrack(int number) {
      MediaTrack.Kind kind =
          switch (Objects.requireNonNullElse(type, "")) {
            case "video" -> MediaTrack.Kind.PICTURE;
            case "audio" -> MediaTrack.Kind.SOUND;
            default -> MediaTrack.Kind.OTHER;
          };
      return new MediaTrack(
          number,
          kind,
          codec,
          Objects.requireNonNullElse(width, 0),
          Objects.requireNonNullElse(height, 0),
          disposition != null && disposition.preferred() != 0,
          disposition != null && disposition.attachedPicture() != 0,
          (long) number(frames));
    }

    /** The size at which its picture is shown: square pixels, upright. */
    PixelSize shownSize() throws FormatException {
      return PixelAspect.parse(aspect).shown(PixelSize.of(width, height)).turned(isQuarterTurn());
    }

    /** Whether the picture is shown turned by 90 or 270 degrees. */
    private boolean isQuarterTurn() {
      Stream<Double> matrices =
          sideData == null ? Stream.of() : sideData.stream().map(SideData::rotation);
      Stream<Double> tag = Stream.of(number(tags.get(ROTATE)));
      double degrees =
          Stream.concat(matrices, tag).filter(Objects::nonNull).findFirst().orElse(0.0);
      return Math.round(degrees / 90) % 2 != 0;
    }
  }

  /** The purpose of a track. */
  public record Disposition(
      @JsonProperty("default") int preferred, @JsonProperty("attached_pic") int attachedPicture) {}

  /** The display matrix's rotation in degrees. */
  public record SideData(Double rotation) {}

  /** The same report, for a file whose tags were not requested. */
  FfprobeReport withoutTags() {
    return new FfprobeReport(format, tracks, true);
  }

  /**
   * @param format of the file
   */
  MediaTracks asTracks(MediaFormat format) {
    return new MediaTracks(
        format, IntStream.range(0, tracks.size()).mapToObj(n -> tracks.get(n).asTrack(n)).toList());
  }

  /** The file's tags, followed by those of its tracks. */
  ContainerTags tags() {
    List<Tag> tags = new ArrayList<>();
    if (format != null) {
      format.tags().forEach((name, value) -> tags.add(new Tag(name, value)));
    }
    tracks.forEach(track -> track.tags().forEach((name, value) -> tags.add(new Tag(name, value))));
    return new ContainerTags(tags, !tagsLeftOut);
  }

  /** The longest duration given by the file or one of its tracks; 0 when there is none. */
  double durationSeconds() {
    Stream<String> file = format == null ? Stream.of() : Stream.of(format).map(Format::duration);
    return Stream.concat(file, tracks.stream().map(Track::duration))
        .mapToDouble(FfprobeReport::number)
        .max()
        .orElse(0);
  }

  private static double number(String text) {
    if (text == null) {
      return 0;
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? value : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
