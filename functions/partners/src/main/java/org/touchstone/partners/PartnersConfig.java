package org.touchstone.partners;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of the voters of other organisations. Without voters, nothing leaves. */
@ConfigMapping(prefix = "touchstone.partners")
public interface PartnersConfig {
  /** The voters' descriptions in JSON, as {@code docs/voters.md} describes them. */
  Optional<String> voters();

  /** Prefix of the names of voters' secrets in AWS Secrets Manager; on AWS only. */
  Optional<String> secretsPrefix();

  /** A file of voters' secrets on one machine; see SecretSource. */
  Optional<Path> secretsFile();

  /**
   * The address under which voters that call back reach the API, such as {@code
   * https://api.example.org/}; without it, no such voter can be asked.
   */
  Optional<URI> publicUrl();

  /** For trials on one's own machine only: also asks voters at private addresses. */
  @WithDefault("false")
  boolean allowPrivate();

  /** Folder for a medium while it is sent. */
  @WithDefault("${java.io.tmpdir}")
  Path workFolder();
}
