package org.touchstone.resolver.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Json;
import org.touchstone.formats.FormatException;
import org.touchstone.formats.MediaFormat;

/**
 * FFmpeg's ffprobe as a bounded process: it may only open files, reads with one demuxer and the
 * decoders that Touchstone uses, allocates no large blocks and sees no environment. It is ended
 * with all its children when its time is over.
 */
public final class Ffprobe {
  private static final int MAX_REPORT_BYTES = 1 << 20;

  /** Tags may hold whole workflows of image generators. */
  private static final int MAX_TAGGED_REPORT_BYTES = 8 << 20;

  private static final int MAX_ALLOCATION_BYTES = 256 << 20;
  private static final String ENTRIES =
      "format=duration"
          + ":stream=codec_type,codec_name,width,height,sample_aspect_ratio,nb_frames,duration"
          + ":stream_disposition=default,attached_pic"
          + ":stream_tags=rotate"
          + ":stream_side_data=rotation";
  private static final String WITH_TAGS =
      ENTRIES.replace("stream_tags=rotate", "stream_tags:format_tags");

  private final Executable executable;
  private final Duration timeout;

  /**
   * The location of ffprobe.
   *
   * @param path a path, or a name to look up on the PATH
   * @param libraryPath folders of its shared libraries, as in {@code LD_LIBRARY_PATH}; absent where
   *     it finds them itself
   */
  public record Executable(String path, String libraryPath) {
    public static final Executable ON_PATH = new Executable("ffprobe", null);

    /** Gives a process of it no variables but the folders of its libraries. */
    void setEnvironment(ProcessBuilder builder) {
      builder.environment().clear();
      if (libraryPath != null) {
        builder.environment().put("LD_LIBRARY_PATH", libraryPath);
      }
    }
  }

  /**
   * @param timeout longest time for one file
   */
  public Ffprobe(Executable executable, Duration timeout) {
    this.executable = executable;
    this.timeout = timeout;
  }

  /**
   * Reads a file's tracks and tags; tags that are too long are left out.
   *
   * @throws FormatException when ffprobe cannot read the file in time
   * @throws EnvironmentFault when ffprobe does not run on this machine
   */
  FfprobeReport report(Path file, MediaFormat format) throws IOException {
    Optional<FfprobeReport> whole = report(file, format, WITH_TAGS, MAX_TAGGED_REPORT_BYTES);
    return whole.isPresent()
        ? whole.get()
        : report(file, format, ENTRIES, MAX_REPORT_BYTES)
            .map(FfprobeReport::withoutTags)
            .orElseThrow(() -> new FormatException("ffprobe's report is too long"));
  }

  /** The report; empty when it is longer than the limit. */
  private Optional<FfprobeReport> report(
      Path file, MediaFormat format, String entries, int maxBytes) throws IOException {
    List<String> options = List.of("-show_entries", entries, "-of", "json=compact=1");
    try (BoundedProcess process = start(file, format, options)) {
      byte[] json = process.output().readNBytes(maxBytes + 1);
      if (json.length > maxBytes) {
        return Optional.empty();
      }
      requireSuccess(process);
      return Optional.of(Json.mapper().readValue(json, FfprobeReport.class));
    } catch (JsonProcessingException e) {
      throw new FormatException("ffprobe cannot read it");
    }
  }

  /**
   * Measures from its packets the length of a file whose header does not give it.
   *
   * @param enough seconds at which to stop; a longer file is not read to its end
   * @return seconds, 0 when the packets do not give a length either
   * @throws FormatException when ffprobe cannot read the file in time
   * @throws EnvironmentFault when ffprobe does not run on this machine
   */
  double secondsByPackets(Path file, MediaFormat format, double enough) throws IOException {
    List<String> options =
        List.of("-show_entries", "packet=pts_time,duration_time", "-of", "csv=print_section=0");
    try (BoundedProcess process = start(file, format, options);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.output(), StandardCharsets.US_ASCII))) {
      double end = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        end = Math.max(end, endOfPacket(line));
        if (end > enough) {
          return end;
        }
      }
      requireSuccess(process);
      return end;
    }
  }

  private void requireSuccess(BoundedProcess process) throws FormatException {
    if (!process.succeeded()) {
      ProgramCheck.requireSoundMachine(executable, process, null);
      throw new FormatException("ffprobe cannot read it");
    }
  }

  private static double endOfPacket(String line) {
    double end = 0;
    for (String field : line.split(",", 2)) {
      try {
        end += Double.parseDouble(field);
      } catch (NumberFormatException notTold) {
        // "N/A": the packet has no value for this.
        continue;
      }
    }
    return Double.isFinite(end) ? end : 0;
  }

  private BoundedProcess start(Path file, MediaFormat format, List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                executable.path(),
                "-v",
                "quiet",
                "-max_alloc",
                Integer.toString(MAX_ALLOCATION_BYTES),
                "-protocol_whitelist",
                "file",
                "-format_whitelist",
                format.demuxer()));
    command.addAll(options);
    command.add("-i");
    command.add("file:" + file.toAbsolutePath());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(file.toAbsolutePath().getParent().toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    executable.setEnvironment(builder);
    try {
      return BoundedProcess.start(builder, timeout);
    } catch (IOException e) {
      throw ProgramCheck.notStarted(e);
    }
  }
}
