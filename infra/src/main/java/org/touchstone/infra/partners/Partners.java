package org.touchstone.infra.partners;

import java.util.List;
import java.util.Objects;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.VoterConfig;
import org.touchstone.infra.contract.FunctionSpec;
import org.touchstone.infra.queues.JobQueue;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.CfnDeletionPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.constructs.Construct;

/**
 * What voters of other organisations need: the queue of their jobs with a dead-letter queue, and an
 * empty secret for each name that a description gives. The template does not set a value, so that
 * later deployments cannot overwrite the operator's.
 */
public final class Partners extends Construct {
  /** Jobs at once, each of which asks all voters of its kind of medium. */
  private static final int MAX_CONCURRENCY = 10;

  private final String prefix;
  private final List<VoterConfig> voters;
  private final JobQueue jobs;

  /**
   * @param key encrypts the secrets, or null for Secrets Manager's own key
   */
  public Partners(Construct scope, String id, DeploymentConfig config, IKey key) {
    super(scope, id);
    voters = config.voters();
    prefix = config.prefix() + "/voters/";
    voters.stream()
        .map(VoterConfig::secret)
        .filter(Objects::nonNull)
        .distinct()
        .forEach(name -> secret(name, key));
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

  private void secret(String name, IKey key) {
    CfnSecret made =
        CfnSecret.Builder.create(this, "Secret-" + name)
            .name(prefix + name)
            .description("What the voter with the secret " + name + " is asked with")
            .kmsKeyId(key == null ? null : key.getKeyArn())
            .build();
    made.getCfnOptions().setDeletionPolicy(CfnDeletionPolicy.DELETE);
    Suppressions.suppress(
        made,
        "AwsSolutions-SMG4",
        "Only the provider that gave a key can give the next one, so no function can rotate it.");
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
    return prefix;
  }

  /** The ARN pattern of their secrets. */
  public String arnPattern() {
    return Stack.of(this)
        .formatArn(
            ArnComponents.builder()
                .service("secretsmanager")
                .resource("secret")
                .resourceName(prefix + "*")
                .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                .build());
  }

  /** The jobs: one for each medium, for all voters of its kind. */
  public JobQueue jobs() {
    return jobs;
  }
}
