package org.touchstone.payers;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of buying and of exports. Without a description, nothing is sold or exported. */
@ConfigMapping(prefix = "touchstone.billing")
public interface PayersConfig {
  /** What is sold where, in JSON: the part {@code billing} of {@code touchstone.yaml}. */
  Optional<String> sold();

  /** Prefix of the names of secrets in AWS Secrets Manager; on AWS only. */
  Optional<String> secretsPrefix();

  /** A file of secrets on one machine; see SecretSource. */
  Optional<Path> secretsFile();

  /** An address of AWS Marketplace's metering other than AWS's, for tests. */
  Optional<URI> marketplaceEndpoint();

  /** An address of Stripe other than its own, for tests. */
  Optional<URI> stripeEndpoint();
}
