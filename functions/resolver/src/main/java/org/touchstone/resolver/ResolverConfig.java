package org.touchstone.resolver;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every key of the resolver's configuration with its default. Names become {@code
 * touchstone.fetch.max-redirects} and the like; times are written as in ISO 8601 ({@code PT10S}).
 */
public interface ResolverConfig {

  /** What may be fetched; see {@link org.touchstone.fetch.FetchPolicy}. */
  @ConfigMapping(prefix = "touchstone.fetch")
  interface Fetch {
    /** Ports that may be visited. */
    @WithDefault("80,443")
    Set<Integer> ports();

    /** For trials on one's own machine only: also visits private addresses, at any port. */
    @WithDefault("false")
    boolean allowPrivate();

    /** Most redirects followed. */
    @WithDefault("5")
    int maxRedirects();

    /** Most bytes of a body, as sent and decompressed. */
    @WithDefault("1073741824")
    long maxBytes();

    /** Longest wait for a name, a connection or a TLS handshake. */
    @WithDefault("PT10S")
    Duration connectTimeout();

    /** Longest wait for the next byte. */
    @WithDefault("PT20S")
    Duration idleTimeout();

    /** Longest time for the whole fetch. */
    @WithDefault("PT5M")
    Duration deadline();

    /** Least throughput of a body; 0 for none. */
    @WithDefault("4096")
    long minBytesPerSecond();

    /** How long a body may be slower than that. */
    @WithDefault("PT15S")
    Duration paceWindow();

    /** For trials on one's own machine only: the server that plays all others; see Fetcher. */
    Optional<String> standIn();
  }

  /** How platforms are asked; every key is optional, and what it is for does without it. */
  @ConfigMapping(prefix = "touchstone.platforms")
  interface Platforms {
    /** What platforms are told we are. */
    @WithDefault("Mozilla/5.0 (compatible; Touchstone/0.1; media verification)")
    String userAgent();

    /** Longest time for one answer. */
    @WithDefault("PT30S")
    Duration deadline();

    /** Requests to one host in a minute, also the most at once; see RateLimits. */
    @WithDefault("60")
    int requestsPerMinute();

    /** The same for hosts with a limit of their own: requests-per-minute-by-host."api.x.com". */
    Map<String, Integer> requestsPerMinuteByHost();

    /** How many posts are remembered for two minutes. */
    @WithDefault("1000")
    int rememberedPosts();

    /** What the names of secrets in AWS Secrets Manager begin with; see PlatformKeySource. */
    Optional<String> secretsPrefix();

    /** A file that holds those secrets on one machine; see PlatformKeySource. */
    Optional<Path> secretsFile();

    /** Bearer token of an application at X's API. */
    Optional<String> xBearerToken();

    /** Client id of an application at Reddit. */
    Optional<String> redditAppId();

    /** Client secret of that application. */
    Optional<String> redditAppSecret();

    /** Key for Vetric's interface to Instagram. */
    Optional<String> vetricInstagramKey();

    /** Key for Vetric's interface to Facebook. */
    Optional<String> vetricFacebookKey();

    /** Key for Google's APIs, with Google Drive's enabled. */
    Optional<String> googleApiKey();
  }

  /** What is taken of a medium; see {@link org.touchstone.resolver.probe.MediaLimits}. */
  @ConfigMapping(prefix = "touchstone.media")
  interface Media {
    /** Largest image file. */
    @WithDefault("67108864")
    long maxImageBytes();

    /** Largest video file. */
    @WithDefault("1073741824")
    long maxVideoBytes();

    /** Largest audio file. */
    @WithDefault("536870912")
    long maxAudioBytes();

    /** Most pixels of an image. */
    @WithDefault("80000000")
    long maxImagePixels();

    /** Most pixels of a video's frame. */
    @WithDefault("36000000")
    long maxFramePixels();

    /** Longest recording. */
    @WithDefault("PT4H")
    Duration maxDuration();

    /**
     * Where parts of media lie while they are taken in: 270 MiB for each analysis at work, and
     * twice the largest video where picture and sound come apart.
     */
    @WithDefault("${java.io.tmpdir}")
    Path workFolder();
  }

  /** The ffprobe program. */
  @ConfigMapping(prefix = "touchstone.ffprobe")
  interface Probe {
    /** A path, or a name that is looked for on the PATH. */
    @WithDefault("ffprobe")
    String path();

    /** Folders of its shared libraries, only where it does not find them by itself. */
    Optional<String> libraryPath();

    /** Longest time for one file. */
    @WithDefault("PT30S")
    Duration timeout();
  }

  /** The ffmpeg program, which puts separate tracks together. */
  @ConfigMapping(prefix = "touchstone.ffmpeg")
  interface Merge {
    /** A path, or a name on the PATH; beside ffprobe when absent. */
    Optional<String> path();

    /** Longest time for one medium. */
    @WithDefault("PT2M")
    Duration timeout();
  }

  /** The yt-dlp program, for sites that nothing of our own knows. */
  @ConfigMapping(prefix = "touchstone.resolver")
  interface Fallback {
    /** A path, or a name that is looked for on the PATH; does without when it is not there. */
    @WithDefault("yt-dlp")
    String ytDlp();

    /** Longest time to find out what there is at a link; a download has as long as a fetch. */
    @WithDefault("PT1M")
    Duration ytDlpTimeout();
  }

  /**
   * The endpoints' queues, separated by commas: {@code NAME=URL} for each endpoint, or a URL alone
   * for the one that is named after its track. A track may have none.
   */
  @ConfigMapping(prefix = "touchstone.queues")
  interface Queues {
    /** Of the endpoints for images. */
    Optional<List<String>> image();

    /** Of the endpoints for videos' pictures. */
    Optional<List<String>> video();

    /** Of the endpoints for audio and videos' sound. */
    Optional<List<String>> audio();
  }
}
