package org.touchstone.resolver.ytdlp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.GuardedConnector;
import org.touchstone.resolver.egress.EgressProxy;
import org.touchstone.resolver.platform.PageData;
import org.touchstone.resolver.platform.youtube.YouTubeLinks;

/**
 * yt-dlp, where it is installed: each run is a process of its own in a folder of its own, with
 * limits on time, output, files and traffic, and reaches the web only through an {@link
 * EgressProxy}. Thread-safe.
 */
public final class YtDlp {
  /** Most bytes of a description; those of videos with hundreds of formats have a million. */
  static final int MAX_DESCRIPTION_BYTES = 8 << 20;

  /** Most bytes that finding a video may take: pages, scripts, playlists. */
  private static final long MAX_LOOK_BYTES = 64L << 20;

  private static final Problem YOUTUBE =
      Problem.of(
          ProblemType.PLATFORM_EXCLUDED,
          "This is a video on YouTube, whose terms do not allow it to be fetched; upload the file"
              + " instead.");

  /** What the proxy saw says more than what yt-dlp made of it. */
  private static final Set<ProblemType> SEEN_BY_PROXY =
      Set.of(ProblemType.LINK_BLOCKED, ProblemType.PLATFORM_EXCLUDED, ProblemType.MEDIA_TOO_LARGE);

  /** Seen by the proxy, this says more than that yt-dlp did not get on, and less than all else. */
  private static final Set<ProblemType> OF_THE_CONNECTION =
      Set.of(ProblemType.FETCH_TIMEOUT, ProblemType.FETCH_TLS, ProblemType.FETCH_UNREACHABLE);

  private final Optional<Path> program;
  private final GuardedConnector connector;
  private final Limits limits;
  private final Path workFolder;

  /**
   * @param lookTime longest time to find out what there is
   * @param downloadTime longest time for one download
   * @param maxFileBytes largest file that is downloaded
   */
  public record Limits(Duration lookTime, Duration downloadTime, long maxFileBytes) {}

  private YtDlp(
      Optional<Path> program, GuardedConnector connector, Limits limits, Path workFolder) {
    this.program = program;
    this.connector = connector;
    this.limits = limits;
    this.workFolder = workFolder;
  }

  /**
   * @param name yt-dlp's path, or its name on the PATH; it may be missing
   * @param connector the rules for all it connects to
   * @param workFolder where each run has its folder
   */
  public static YtDlp of(String name, GuardedConnector connector, Limits limits, Path workFolder) {
    return new YtDlp(YtDlpCommand.find(name, System.getenv("PATH")), connector, limits, workFolder);
  }

  /** Whether it is installed. */
  public boolean isInstalled() {
    return program.isPresent();
  }

  /** Largest file that is downloaded. */
  long maxFileBytes() {
    return limits.maxFileBytes();
  }

  /**
   * Finds out what there is at a link.
   *
   * @return yt-dlp's description, a JSON object
   * @throws ProblemException {@link ProblemType#LINK_UNSUPPORTED} when yt-dlp is missing or knows
   *     no such site; otherwise with what yt-dlp or the proxy says
   * @throws IOException when a fault of our own may be cured by trying again
   */
  JsonNode describe(WebLink link) throws IOException {
    List<String> command = YtDlpCommand.describe(executable(), link);
    try (Run run = start(command, limits.lookTime(), MAX_LOOK_BYTES)) {
      byte[] json = run.program().output().readNBytes(MAX_DESCRIPTION_BYTES + 1);
      if (json.length > MAX_DESCRIPTION_BYTES) {
        throw new ProblemException(ProblemType.PLATFORM_CHANGED);
      }
      run.throwUnlessSucceeded();
      JsonNode description = PageData.parse(json);
      if (!description.isObject()) {
        throw new ProblemException(ProblemType.PLATFORM_CHANGED);
      }
      return description;
    }
  }

  /**
   * Brings the bytes of one format.
   *
   * @param longest how long it may take, where that is less than the limit
   * @return the bytes; reading them fails with a {@link ProblemException} when yt-dlp does
   * @throws ProblemException {@link ProblemType#LINK_UNSUPPORTED} when yt-dlp is missing
   * @throws IOException when a fault of our own may be cured by trying again
   */
  InputStream download(WebLink link, String formatId, Duration longest) throws IOException {
    Duration limit = limits.downloadTime();
    return new RunOutput(
        start(
            YtDlpCommand.download(executable(), link, formatId),
            longest.compareTo(limit) < 0 ? longest : limit,
            MAX_LOOK_BYTES + limits.maxFileBytes()));
  }

  private Path executable() {
    return program.orElseThrow(
        () ->
            new ProblemException(
                ProblemType.LINK_UNSUPPORTED,
                "This link needs the program yt-dlp, which is not installed here."));
  }

  private Run start(List<String> command, Duration time, long bytes) throws IOException {
    PrivateFolder folder = PrivateFolder.within(workFolder);
    EgressProxy proxy = null;
    try {
      proxy = EgressProxy.open(connector, new EgressProxy.Rules(bytes, time, YtDlp::excluded));
      return new Run(
          folder,
          proxy,
          ProgramRun.start(
              command,
              YtDlpCommand.environment(executable(), folder.path(), proxy),
              folder.path(),
              time,
              limits.maxFileBytes()));
    } catch (IOException | RuntimeException e) {
      if (proxy != null) {
        proxy.close();
      }
      folder.close();
      throw e;
    }
  }

  private static Optional<Problem> excluded(WebLink link) {
    return YouTubeLinks.TABLE.claims(link) ? Optional.of(YOUTUBE) : Optional.empty();
  }

  /** That YouTube's terms exclude it. */
  static ProblemException youTube() {
    return new ProblemException(YOUTUBE);
  }

  /** A run with what it needs, which ends with it. */
  record Run(PrivateFolder folder, EgressProxy proxy, ProgramRun program) implements AutoCloseable {

    /**
     * Waits for the end.
     *
     * @throws ProblemException when it did not succeed
     * @throws IllegalStateException when yt-dlp is there but cannot be run
     */
    void throwUnlessSucceeded() {
      if (program.succeeded()) {
        return;
      }
      if (!program.started()) {
        throw new IllegalStateException("yt-dlp does not start: is its Python there?");
      }
      if (program.timedOut()) {
        throw new ProblemException(ProblemType.FETCH_TIMEOUT);
      }
      throw new ProblemException(reason());
    }

    /** A connection that nobody used any more ends in time, too: that is no reason by itself. */
    private Problem reason() {
      Problem told = YtDlpProblems.of(program.errors());
      return proxy
          .problem()
          .filter(
              seen ->
                  SEEN_BY_PROXY.contains(seen.type())
                      || (OF_THE_CONNECTION.contains(seen.type())
                          && told.type() == ProblemType.PLATFORM_CHANGED))
          .orElse(told);
    }

    @Override
    public void close() throws IOException {
      try (folder;
          proxy) {
        program.close();
      }
    }
  }
}
