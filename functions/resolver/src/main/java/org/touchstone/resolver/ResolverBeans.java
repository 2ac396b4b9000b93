package org.touchstone.resolver;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Roster;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.Fetcher;
import org.touchstone.fetch.GuardedConnector;
import org.touchstone.provenance.trust.TrustFiles;
import org.touchstone.resolver.ingest.MediaIngest;
import org.touchstone.resolver.ingest.MediaResolver;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platform.PostCache;
import org.touchstone.resolver.platform.RateLimits;
import org.touchstone.resolver.platforms.PlatformKeySource;
import org.touchstone.resolver.platforms.Platforms;
import org.touchstone.resolver.post.Extractors;
import org.touchstone.resolver.probe.Ffprobe;
import org.touchstone.resolver.probe.MediaLimits;
import org.touchstone.resolver.probe.MediaProbe;
import org.touchstone.resolver.probe.ProbeFile;
import org.touchstone.resolver.probe.TrackMerger;
import org.touchstone.resolver.ytdlp.YtDlp;
import org.touchstone.resolver.ytdlp.YtDlpPosts;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.Policies;
import org.touchstone.storage.ReportCache;
import org.touchstone.storage.RosterStore;
import org.touchstone.storage.TrustStore;
import org.touchstone.storage.UploadStore;
import org.touchstone.telemetry.Metrics;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Wires the resolver. Configuration: {@link ResolverConfig}. */
@ApplicationScoped
public class ResolverBeans {
  @Produces
  @Singleton
  Fetcher fetcher(ResolverConfig.Fetch config) {
    return fetcher(config, config.maxBytes(), config.deadline());
  }

  private static Fetcher fetcher(ResolverConfig.Fetch config, long maxBytes, Duration deadline) {
    FetchPolicy policy = policy(config, maxBytes, deadline);
    return config
        .standIn()
        .map(server -> new Fetcher(policy, WebLink.parse(server)))
        .orElseGet(() -> new Fetcher(policy));
  }

  private static FetchPolicy policy(ResolverConfig.Fetch config, long maxBytes, Duration deadline) {
    FetchPolicy policy =
        new FetchPolicy(
            config.ports(),
            config.allowPrivate(),
            config.maxRedirects(),
            maxBytes,
            config.connectTimeout(),
            config.idleTimeout(),
            deadline,
            config.minBytesPerSecond(),
            config.paceWindow());
    return config.opened().map(server -> policy.opening(WebLink.parse(server))).orElse(policy);
  }

  @Produces
  @Singleton
  GuardedConnector connector(ResolverConfig.Fetch config) {
    FetchPolicy policy = policy(config, config.maxBytes(), config.deadline());
    return config
        .standIn()
        .map(server -> new GuardedConnector(policy, WebLink.parse(server)))
        .orElseGet(() -> new GuardedConnector(policy));
  }

  void close(@Disposes GuardedConnector connector) {
    connector.close();
  }

  @Produces
  @Singleton
  YtDlpPosts ytDlp(
      GuardedConnector connector, ResolverConfig.Fallback config, ResolverConfig.Media media) {
    YtDlp.Limits limits =
        new YtDlp.Limits(
            config.ytDlpTimeout(), connector.policy().deadline(), media.maxVideoBytes());
    return new YtDlpPosts(YtDlp.of(config.ytDlp(), connector, limits, media.workFolder()));
  }

  @Produces
  @Singleton
  PlatformClient platformClient(
      ResolverConfig.Fetch fetch, ResolverConfig.Platforms config, InstantSource clock) {
    return new PlatformClient(
        fetcher(fetch, fetch.maxBytes(), config.deadline()),
        config.userAgent(),
        new RateLimits(config.requestsPerMinute(), config.requestsPerMinuteByHost(), clock),
        new PostCache(clock, config.rememberedPosts()));
  }

  void close(@Disposes PlatformClient client) {
    client.close();
  }

  @Produces
  @Singleton
  Extractors extractors(
      PlatformClient client,
      ResolverConfig.Platforms config,
      ResolverConfig.Media media,
      InstantSource clock,
      YtDlpPosts ytDlp) {
    PlatformKeys keys =
        new PlatformKeys(
            config.xBearerToken(),
            config
                .redditAppId()
                .flatMap(
                    id ->
                        config
                            .redditAppSecret()
                            .map(secret -> new PlatformKeys.RedditApp(id, secret))),
            config.vetricInstagramKey(),
            config.vetricFacebookKey(),
            config.googleApiKey());
    PlatformKeys filed =
        config.secretsFile().map(f -> keys.or(PlatformKeySource.in(f).keys())).orElse(keys);
    PlatformKeys all = config.secretsPrefix().map(p -> filed.or(secrets(p))).orElse(filed);
    return Platforms.extractors(client, all, media.maxVideoBytes(), clock, ytDlp);
  }

  private static PlatformKeys secrets(String prefix) {
    try (SecretsManagerClient manager =
        SecretsManagerClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      return PlatformKeySource.in(manager, prefix).keys();
    }
  }

  void close(@Disposes Fetcher fetcher) {
    fetcher.close();
  }

  @Produces
  @Singleton
  MediaResolver mediaResolver(
      Extractors extractors,
      Fetcher fetcher,
      UploadStore uploads,
      MediaStore media,
      ResolverConfig.Media config,
      ResolverConfig.Probe ffprobe,
      ResolverConfig.Merge ffmpeg,
      TrustInForce trust) {
    MediaLimits limits =
        new MediaLimits(
            config.maxImageBytes(),
            config.maxVideoBytes(),
            config.maxAudioBytes(),
            config.maxImagePixels(),
            config.maxFramePixels(),
            config.maxDuration());
    Ffprobe.Executable executable =
        new Ffprobe.Executable(ffprobe.path(), ffprobe.libraryPath().orElse(null));
    MediaProbe probe = new MediaProbe(new Ffprobe(executable, ffprobe.timeout()), limits);
    TrackMerger merger =
        new TrackMerger(
            ffmpeg
                .path()
                .map(path -> new Ffprobe.Executable(path, executable.libraryPath()))
                .orElseGet(() -> TrackMerger.beside(executable)),
            ffmpeg.timeout());
    return new MediaResolver(
        extractors,
        fetcher,
        uploads,
        new MediaIngest(
            probe, limits, media, config.workFolder(), merger, ProbeFile.Window.DEFAULT, trust));
  }

  @Produces
  @Singleton
  TrustInForce trust(ResolverConfig.Trust config, TrustStore stored, InstantSource clock) {
    TrustFiles files =
        config.folder().map(TrustFiles::in).orElse(name -> stored.file(name, TrustFiles.MAX_BYTES));
    return new TrustInForce(files, config.refresh(), clock);
  }

  @Produces
  @Singleton
  ResolveMetrics resolveMetrics(Metrics metrics, Extractors extractors) {
    return new ResolveMetrics(metrics, extractors);
  }

  @Produces
  @Singleton
  JobPlanner jobPlanner(ResolverConfig.Queues queues) {
    Map<Modality, List<JobPlanner.Endpoint>> endpoints = new EnumMap<>(Modality.class);
    endpoints.put(Modality.IMAGE, endpoints(queues.image(), Modality.IMAGE));
    endpoints.put(Modality.VIDEO, endpoints(queues.video(), Modality.VIDEO));
    endpoints.put(Modality.AUDIO, endpoints(queues.audio(), Modality.AUDIO));
    return new JobPlanner(
        endpoints,
        queues.partners().map(url -> partners(url, queues)),
        queues.judge().map(url -> new JobPlanner.Judge(url, queues.judgeThirdParty())));
  }

  private static JobPlanner.Partners partners(String queueUrl, ResolverConfig.Queues queues) {
    byte[] endpoint =
        queues
            .partnersVoters()
            .orElseThrow(() -> new IllegalStateException("partners' queue without voters"))
            .getBytes(StandardCharsets.UTF_8);
    return new JobPlanner.Partners(
        queueUrl, Json.read(endpoint, Roster.Endpoint.class).detectors());
  }

  @Produces
  @Singleton
  Resolution resolution(
      JobPlanner planner,
      ReportCache reports,
      RosterStore rosters,
      Policies policies,
      InstantSource clock,
      TrustInForce trust) {
    return new Resolution(
        planner,
        new KnownMetadata(reports, () -> trust.get().versions()),
        rosters,
        policies,
        clock);
  }

  private static List<JobPlanner.Endpoint> endpoints(
      Optional<List<String>> settings, Modality track) {
    return settings.orElse(List.of()).stream()
        .map(setting -> JobPlanner.Endpoint.parse(setting.strip(), track))
        .toList();
  }

  @Produces
  @Singleton
  ObjectMapperCustomizer jsonOfTheResolver() {
    return (ObjectMapper mapper) -> Json.configure(mapper);
  }
}
