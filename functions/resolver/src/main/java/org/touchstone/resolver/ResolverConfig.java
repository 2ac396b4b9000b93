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

  /** Limits on fetching; see {@link org.touchstone.fetch.FetchPolicy}. */
  @ConfigMapping(prefix = "touchstone.fetch")
  interface Fetch {
    /** Ports that may be connected to. */
    @WithDefault("80,443")
    Set<Integer> ports();

    /** For trials on one's own machine only: also allows private addresses, at any port. */
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

    /** Lowest throughput of a body, in bytes per second; 0 for none. */
    @WithDefault("4096")
    long minBytesPerSecond();

    /** How long a body may be slower than that. */
    @WithDefault("PT15S")
    Duration paceWindow();

    /**
     * For trials on one's own machine only: the server that stands in for all others; see Fetcher.
     */
    Optional<String> standIn();

    /**
     * For trials on one's own machine only: one server that may be visited besides, {@code
     * http://127.0.0.1:PORT}; see FetchPolicy.
     */
    Optional<String> opened();
  }

  /** Settings for platforms; every key is optional, and without it its feature is off. */
  @ConfigMapping(prefix = "touchstone.platforms")
  interface Platforms {
    /** The user agent sent to platforms. */
    @WithDefault("Mozilla/5.0 (compatible; Touchstone/0.1; media verification)")
    String userAgent();

    /** Longest time for one answer. */
    @WithDefault("PT30S")
    Duration deadline();

    /** Requests to one host per minute, also the largest burst; see RateLimits. */
    @WithDefault("60")
    int requestsPerMinute();

    /** The same for hosts with a limit of their own: requests-per-minute-by-host."api.x.com". */
    Map<String, Integer> requestsPerMinuteByHost();

    /** Number of posts remembered for two minutes. */
    @WithDefault("1000")
    int rememberedPosts();

    /** Prefix of the secrets' names in AWS Secrets Manager; see PlatformKeySource. */
    Optional<String> secretsPrefix();

    /** A local file that holds those secrets on one machine; see PlatformKeySource. */
    Optional<Path> secretsFile();

    /** Bearer token of an application at X's API. */
    Optional<String> xBearerToken();

    /** Client id of an application at Reddit. */
    Optional<String> redditAppId();

    /** Client secret of that application. */
    Optional<String> redditAppSecret();

    /** Key for Vetric's Instagram API. */
    Optional<String> vetricInstagramKey();

    /** Key for Vetric's Facebook API. */
    Optional<String> vetricFacebookKey();

    /** Key for Google's APIs, with the Google Drive API enabled. */
    Optional<String> googleApiKey();
  }

  /** Limits on a medium; see {@link org.touchstone.resolver.probe.MediaLimits}. */
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

    /** Most pixels of an image; four times as many where it can be decoded piece by piece. */
    @WithDefault("80000000")
    long maxImagePixels();

    /** Most pixels of a video's frame. */
    @WithDefault("36000000")
    long maxFramePixels();

    /** Longest recording. */
    @WithDefault("PT4H")
    Duration maxDuration();

    /**
     * Folder for parts of media during ingest: 270 MiB for each running analysis, and twice the
     * largest video where picture and sound come separately.
     */
    @WithDefault("${java.io.tmpdir}")
    Path workFolder();
  }

  /** The ffprobe program. */
  @ConfigMapping(prefix = "touchstone.ffprobe")
  interface Probe {
    /** A path, or a name to look up on the PATH. */
    @WithDefault("ffprobe")
    String path();

    /** Folders of its shared libraries; needed only where it does not find them itself. */
    Optional<String> libraryPath();

    /** Longest time for one file. */
    @WithDefault("PT30S")
    Duration timeout();
  }

  /** The ffmpeg program, which combines separate tracks. */
  @ConfigMapping(prefix = "touchstone.ffmpeg")
  interface Merge {
    /** A path, or a name on the PATH; beside ffprobe when absent. */
    Optional<String> path();

    /** Longest time for one medium. */
    @WithDefault("PT2M")
    Duration timeout();
  }

  /** The yt-dlp program, for sites that Touchstone has no reader for. */
  @ConfigMapping(prefix = "touchstone.resolver")
  interface Fallback {
    /** A path, or a name to look up on the PATH; when it is missing, yt-dlp is not used. */
    @WithDefault("yt-dlp")
    String ytDlp();

    /** Longest time to describe a link; a download has as long as a fetch. */
    @WithDefault("PT1M")
    Duration ytDlpTimeout();
  }

  /** The lists of those who vouch for content credentials; see TrustFiles. */
  @ConfigMapping(prefix = "touchstone.trust")
  interface Trust {
    /** A folder of lists on this machine; those in the bucket, below trust/, when absent. */
    Optional<Path> folder();

    /** How long lists are not looked at again. */
    @WithDefault("PT10M")
    Duration refresh();
  }

  /**
   * The endpoints' queues, separated by commas: {@code NAME=URL} for each endpoint, or a URL alone
   * for the endpoint named after its track. A track may have none.
   */
  @ConfigMapping(prefix = "touchstone.queues")
  interface Queues {
    /**
     * Queues of the endpoints for images: {@code NAME=URL|BULKURL}, where the second URL is that of
     * the queue for jobs that may wait. Without it, all are sent to the first.
     */
    Optional<List<String>> image();

    /** Queues of the endpoints for videos' pictures. */
    Optional<List<String>> video();

    /** Queues of the endpoints for audio and videos' sound. */
    Optional<List<String>> audio();

    /**
     * Queues of the voters of other organisations, {@code URL|BULKURL}; without them, none is
     * asked.
     */
    Optional<String> partners();

    /** These voters, as an endpoint of a roster in JSON. */
    Optional<String> partnersVoters();

    /** Queues of the judge of what is said, {@code URL|BULKURL}; without them, nobody judges it. */
    Optional<String> judge();

    /** Whether another organisation runs the judge; analyses may forbid to ask it then. */
    @WithDefault("true")
    boolean judgeThirdParty();
  }
}
