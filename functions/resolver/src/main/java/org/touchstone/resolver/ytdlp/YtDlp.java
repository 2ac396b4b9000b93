package org.touchstone.resolver.ytdlp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.GuardedConnector;
import org.touchstone.resolver.egress.EgressProxy;
import org.touchstone.resolver.platform.PageData;
import org.touchstone.resolver.platform.youtube.YouTubeLinks;

/**
 * yt-dlp, where it is installed. Each run is a separate process in its own folder, with limits on
 * time, output, files and traffic. It reaches the web only through an {@link EgressProxy}.
 * Thread-safe.
 */
public final class YtDlp {
  /** Most bytes of a description; videos with hundreds of formats have a million. */
  static final int MAX_DESCRIPTION_BYTES = 8 << 20;

  /** Most bytes for finding a video: pages, scripts, playlists. */
  private static final long MAX_LOOK_BYTES = 64L << 20;

  private static final Problem YOUTUBE =
      Problem.of(
          ProblemType.PLATFORM_EXCLUDED,
          "This is a video on YouTube, whose terms do not allow it to be fetched; upload the file"
              + " instead.");

  /** Problems seen by the proxy that say more than yt-dlp's own message. */
  private static final Set<ProblemType> SEEN_BY_PROXY =
      Set.of(ProblemType.LINK_BLOCKED, ProblemType.PLATFORM_EXCLUDED, ProblemType.MEDIA_TOO_LARGE);

  /**
   * Problems seen by the proxy that say more than a general failure of yt-dlp, but less than any
   * other reason.
   */
  private static final Set<ProblemType> OF_THE_CONNECTION =
      Set.of(ProblemType.FETCH_TIMEOUT, ProblemType.FETCH_TLS, ProblemType.FETCH_UNREACHABLE);

  private final Optional<Path> program;
  private final GuardedConnector connector;
  private final Limits limits;
  private final Path workFolder;

  /**
   * @param lookTime longest time to describe a link
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
   * @param name yt-dlp's path, or its name on the PATH; the program may be missing
   * @param connector the rules for all its connections
   * @param workFolder the folder that holds each run's folder
   */
  public static YtDlp of(String name, GuardedConnector connector, Limits limits, Path workFolder) {
    return new YtDlp(YtDlpCommand.find(name, System.getenv("PATH")), connector, limits, workFolder);
  }

  /** Whether yt-dlp is installed. */
  public boolean isInstalled() {
    return program.isPresent();
  }

  /** Largest file that is downloaded. */
  long maxFileBytes() {
    return limits.maxFileBytes();
  }

  /**
   * Describes the content of a link.
   *
   * @return yt-dlp's description, a JSON object
   * @throws ProblemException {@link ProblemType#LINK_UNSUPPORTED} when yt-dlp is missing or does
   *     not know the site; otherwise the reason that yt-dlp or the proxy gives
   * @throws IOException for an internal fault that may be cured by trying again
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
   * Downloads the bytes of one format.
   *
   * @param longest the longest time it may take, where that is less than the limit
   * @return the bytes; reading them fails with a {@link ProblemException} when yt-dlp fails
   * @throws ProblemException {@link ProblemType#LINK_UNSUPPORTED} when yt-dlp is missing
   * @throws IOException for an internal fault that may be cured by trying again
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

  /** The problem for YouTube, whose terms do not allow fetching. */
  static ProblemException youTube() {
    return new ProblemException(YOUTUBE);
  }

  /** A run and its resources, which are released with it. */
  record Run(PrivateFolder folder, EgressProxy proxy, ProgramRun program) implements AutoCloseable {

    /**
     * Waits for the end.
     *
     * @throws ProblemException when it did not succeed
     * @throws EnvironmentFault when yt-dlp is present but cannot be run, or lacks disk or memory
     */
    void throwUnlessSucceeded() {
      if (program.succeeded()) {
        return;
      }
      if (!program.started()) {
        throw fault(EnvironmentFault.Kind.PROGRAM);
      }
      if (program.timedOut()) {
        throw new ProblemException(ProblemType.FETCH_TIMEOUT);
      }
      Optional<EnvironmentFault.Kind> kind = YtDlpProblems.fault(program.errors());
      if (kind.isPresent()) {
        throw fault(kind.get());
      }
      throw new ProblemException(reason());
    }

    private EnvironmentFault fault(EnvironmentFault.Kind kind) {
      return new EnvironmentFault(kind, new IOException(program.errors().strip()));
    }

    /**
     * The reason for a failure. A connection that is no longer used also times out, so that alone
     * is not a reason.
     */
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
