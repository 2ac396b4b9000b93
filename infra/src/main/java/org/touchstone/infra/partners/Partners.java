package org.touchstone.infra.partners;

import java.util.List;
import java.util.Objects;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.VoterConfig;
import org.touchstone.infra.contract.FunctionSpec;
import org.touchstone.infra.queues.JobQueue;
import org.touchstone.infra.security.KeySecrets;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;

/**
 * What voters of other organisations need: the queue of their jobs with a dead-letter queue, and an
 * empty secret for each name that a description gives.
 */
public final class Partners extends Construct {
  /** Jobs at once, each of which asks all voters of its kind of medium. */
  private static final int MAX_CONCURRENCY = 10;

  private final KeySecrets secrets;
  private final List<VoterConfig> voters;
  private final JobQueue jobs;

  /**
   * @param key encrypts the secrets, or null for Secrets Manager's own key
   */
  public Partners(Construct scope, String id, DeploymentConfig config, IKey key) {
    super(scope, id);
    voters = config.voters();
    secrets = new KeySecrets(this, config.prefix() + "/voters/", key);
    voters.stream()
        .map(VoterConfig::secret)
        .filter(Objects::nonNull)
        .distinct()
        .forEach(
            name ->
                secrets.add(
                    "Secret-" + name,
                    name,
                    "What the voter with the secret " + name + " is asked with"));
    jobs =
        new JobQueue(
            this,
            // Leaves the queues the identities they would have without a construct between.
            "Default",
            config,
            "partners",
            "voters of other organisations",
            JobQueue.visibilityForFunction(FunctionSpec.PARTNERS.size().timeoutSeconds()));
  }

  /** Has a function work the queue. */
  public void workedBy(IFunction function) {
    jobs.workedBy(function, MAX_CONCURRENCY);
  }

  /** The voters' descriptions in JSON. */
  public String descriptions() {
    return VoterConfig.json(voters);
  }

  /** Whether one of the voters calls back. */
  public boolean areCallingBack() {
    return voters.stream().anyMatch(VoterConfig::callsBack);
  }

  /** The voters as an endpoint of a roster, in JSON. */
  public String roster() {
    return VoterConfig.roster(voters);
  }

  /** The common prefix of the secrets' names. */
  public String prefix() {
    return secrets.prefix();
  }

  /** The ARN pattern of their secrets. */
  public String arnPattern() {
    return secrets.arnPattern();
  }

  /** The jobs: one for each medium, for all voters of its kind. */
  public JobQueue jobs() {
    return jobs;
  }
}
