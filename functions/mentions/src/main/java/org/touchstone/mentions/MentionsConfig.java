package org.touchstone.mentions;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of the mention bot. Without platforms in {@link #bot}, it does nothing. */
@ConfigMapping(prefix = "touchstone.mentions")
public interface MentionsConfig {
  /** The form of a service that analyses. */
  enum Shape {
    /** Touchstone's own API. */
    TOUCHSTONE,
    /** {@code POST /resolve-media} and {@code GET /get-results}. */
    RESOLVE_MEDIA
  }

  /** {@link org.touchstone.mentions.settings.BotSettings} in JSON. */
  Optional<String> bot();

  /** Prefix of the names of secrets in AWS Secrets Manager; on AWS only. */
  Optional<String> secretsPrefix();

  /** The file of secrets on one machine: by platform, and {@code analysis} for the API's key. */
  Optional<Path> secretsFile();

  /** Address of the service that analyses: of the API, without {@code /v1}. */
  Optional<URI> analysisUrl();

  /** The form of that service. */
  @WithDefault("touchstone")
  Shape analysisShape();
}
