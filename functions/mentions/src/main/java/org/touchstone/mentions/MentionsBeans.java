package org.touchstone.mentions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.touchstone.mentions.analysis.AnalysisService;
import org.touchstone.mentions.analysis.HttpAnalyses;
import org.touchstone.mentions.analysis.TouchstoneAnalyses;
import org.touchstone.mentions.credentials.ManagedSecret;
import org.touchstone.mentions.credentials.SecretFile;
import org.touchstone.mentions.platform.Credentials;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.PlatformAccess;
import org.touchstone.mentions.platforms.Platforms;
import org.touchstone.mentions.settings.BotSettings;
import org.touchstone.mentions.settings.PlatformSettings;
import org.touchstone.mentions.templates.Templates;
import org.touchstone.storage.BotStore;
import org.touchstone.storage.MentionStore;
import org.touchstone.telemetry.Metrics;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Wires the bot. Configuration: {@link MentionsConfig}. */
@ApplicationScoped
public class MentionsBeans {
  private static final String ANALYSIS = "analysis";
  private static final String KEY = "key";

  @Produces
  @Singleton
  AnalysisService analysisService(MentionsConfig config) {
    URI url =
        config
            .analysisUrl()
            .orElseThrow(
                () -> new IllegalStateException("touchstone.mentions.analysis-url is not set"));
    String key = credentials(config, ANALYSIS).read().get(KEY);
    return switch (config.analysisShape()) {
      case TOUCHSTONE -> new TouchstoneAnalyses(url, key);
      case RESOLVE_MEDIA -> new HttpAnalyses(url, key);
    };
  }

  void close(@Disposes AnalysisService service) {
    service.close();
  }

  @Produces
  @Singleton
  Bot mentionBot(
      MentionsConfig config,
      Provider<AnalysisService> service,
      MentionStore mentions,
      BotStore store,
      Metrics metrics,
      InstantSource clock) {
    BotSettings settings = BotSettings.read(config.bot().orElse("{}"));
    List<Platform> platforms =
        settings.platforms().entrySet().stream()
            .map(entry -> open(config, entry.getKey(), entry.getValue(), clock))
            .toList();
    return new Bot(
        settings,
        Templates.builtIn().with(store::templates),
        platforms,
        platforms.isEmpty() ? null : service.get(),
        mentions,
        store,
        metrics,
        clock);
  }

  private static Platform open(
      MentionsConfig config, String name, PlatformSettings settings, InstantSource clock) {
    return Platforms.find(name)
        .orElseThrow(() -> new IllegalArgumentException("There is no platform called " + name))
        .open(
            new PlatformAccess(
                Optional.ofNullable(settings.address()),
                settings.allowPrivate(),
                credentials(config, name),
                clock));
  }

  private static Credentials credentials(MentionsConfig config, String name) {
    if (config.secretsPrefix().isPresent()) {
      return new ManagedSecret(manager(), config.secretsPrefix().get() + name);
    }
    return new SecretFile(
        config
            .secretsFile()
            .orElseThrow(
                () -> new IllegalStateException("touchstone.mentions.secrets-file is not set")),
        name);
  }

  private static SecretsManagerClient manager() {
    return SecretsManagerClient.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
