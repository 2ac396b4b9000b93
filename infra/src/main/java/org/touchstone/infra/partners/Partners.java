package org.touchstone.infra.partners;

import java.util.List;
import java.util.Objects;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.VoterConfig;
import org.touchstone.infra.contract.FunctionSpec;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.CfnDeletionPolicy;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * What voters of other organisations need: the queue of their jobs with a dead-letter queue, and an
 * empty secret for each name that a description gives. The template does not set a value, so that
 * later deployments cannot overwrite the operator's.
 */
public final class Partners extends Construct {
  /** Jobs at once, each of which asks all voters of its kind of medium. */
  private static final int MAX_CONCURRENCY = 10;

  /** A message becomes visible when the function that had it can no longer be at work on it. */
  private static final int VISIBILITY_SECONDS = FunctionSpec.PARTNERS.size().timeoutSeconds() + 30;

  private static final int MAX_RECEIVES = 3;

  private final String prefix;
  private final List<VoterConfig> voters;
  private final Queue queue;
  private final Queue deadLetters;

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
    deadLetters =
        builder("DeadLetters", config.prefix() + "-partners-dead-letters")
            // Six times the longest run of its consumer, as Lambda recommends.
            .visibilityTimeout(Duration.minutes(3))
            .retentionPeriod(Duration.days(14))
            .build();
    queue =
        builder("Jobs", config.prefix() + "-partners-jobs")
            .visibilityTimeout(Duration.seconds(VISIBILITY_SECONDS))
            // The workflow gives up on a job after an hour; a leftover job is useless.
            .retentionPeriod(Duration.hours(4))
            .deadLetterQueue(
                DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(MAX_RECEIVES).build())
            .build();
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

  private Queue.Builder builder(String id, String name) {
    return Queue.Builder.create(this, id)
        .queueName(name)
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .removalPolicy(RemovalPolicy.DESTROY);
  }

  /** Has a function work the queue, one job in a call. */
  public void workedBy(IFunction function) {
    function.addEventSource(
        SqsEventSource.Builder.create(queue)
            .batchSize(1)
            .maxConcurrency(MAX_CONCURRENCY)
            .reportBatchItemFailures(true)
            .build());
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

  public Queue queue() {
    return queue;
  }

  public Queue deadLetters() {
    return deadLetters;
  }
}
