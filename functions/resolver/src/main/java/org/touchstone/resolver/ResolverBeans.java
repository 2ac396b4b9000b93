package org.touchstone.resolver;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.resolver.fetch.FetchPolicy;
import org.touchstone.resolver.fetch.Fetcher;
import org.touchstone.resolver.probe.Ffprobe;
import org.touchstone.resolver.probe.MediaLimits;
import org.touchstone.resolver.probe.MediaProbe;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.UploadStore;

/** Wires the resolver. Configuration: {@link ResolverConfig}. */
@ApplicationScoped
public class ResolverBeans {
  @Produces
  @Singleton
  Fetcher fetcher(ResolverConfig.Fetch config) {
    return new Fetcher(
        new FetchPolicy(
            config.ports(),
            config.allowPrivate(),
            config.maxRedirects(),
            config.maxBytes(),
            config.connectTimeout(),
            config.idleTimeout(),
            config.deadline(),
            config.minBytesPerSecond(),
            config.paceWindow()));
  }

  void close(@Disposes Fetcher fetcher) {
    fetcher.close();
  }

  @Produces
  @Singleton
  MediaResolver mediaResolver(
      Fetcher fetcher,
      UploadStore uploads,
      MediaStore media,
      ResolverConfig.Media config,
      ResolverConfig.Probe ffprobe) {
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
    return new MediaResolver(
        new Extractors(List.of(), new DirectLinkExtractor()),
        fetcher,
        uploads,
        new MediaIngest(probe, limits, media, config.workFolder()));
  }

  @Produces
  @Singleton
  JobPlanner jobPlanner(ResolverConfig.Queues queues) {
    Map<Modality, String> urls = new EnumMap<>(Modality.class);
    queues.image().ifPresent(url -> urls.put(Modality.IMAGE, url));
    queues.video().ifPresent(url -> urls.put(Modality.VIDEO, url));
    queues.audio().ifPresent(url -> urls.put(Modality.AUDIO, url));
    return new JobPlanner(urls);
  }

  @Produces
  @Singleton
  ObjectMapperCustomizer jsonOfTheResolver() {
    return (ObjectMapper mapper) -> Json.configure(mapper);
  }
}
