package org.touchstone.infra.endpoint;

import java.util.List;
import java.util.Map;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.GpuEndpointConfig;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * The jobs of one endpoint, and the dead-letter queue for jobs that lost several workers. An hourly
 * call keeps the queue active: after six idle hours, SQS reports the length of a queue up to
 * fifteen minutes late, and scaling from zero waits for that number.
 */
public final class JobQueue extends Construct {
  /** How long a job stays hidden; a worker extends this while it works. */
  static final int VISIBILITY_SECONDS = 60;

  /** A job is given up after three lost workers. */
  private static final int MAX_RECEIVES = 3;

  private final Queue queue;
  private final Queue deadLetters;

  public JobQueue(Construct scope, String id, DeploymentConfig config, GpuEndpointConfig endpoint) {
    super(scope, id);
    String name = config.prefix() + "-" + endpoint.name();
    deadLetters =
        builder("DeadLetters", name + "-dead-letters")
            // Six times the longest run of its consumer, as Lambda recommends.
            .visibilityTimeout(Duration.minutes(3))
            .retentionPeriod(Duration.days(14))
            .build();
    queue =
        builder("Jobs", name + "-jobs")
            .visibilityTimeout(Duration.seconds(VISIBILITY_SECONDS))
            // The workflow gives up on a job after an hour; a leftover job is useless.
            .retentionPeriod(Duration.hours(4))
            .deadLetterQueue(
                DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(MAX_RECEIVES).build())
            .build();
    keepActive(config.prefix());
  }

  private Queue.Builder builder(String id, String name) {
    return Queue.Builder.create(this, id)
        .queueName(name)
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .removalPolicy(RemovalPolicy.DESTROY);
  }

  /** Sets a tag that the queue already has: schedules may not call read-only actions. */
  private void keepActive(String application) {
    Role role =
        Role.Builder.create(this, "WakeRole")
            .assumedBy(new ServicePrincipal("scheduler.amazonaws.com"))
            .description("Calls the queue so that its metrics stay fresh")
            .build();
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(List.of("sqs:TagQueue"))
            .resources(List.of(queue.getQueueArn()))
            .build());
    CfnSchedule.Builder.create(this, "Wake")
        .description("Keeps the queue active, so that its metrics stay fresh")
        .scheduleExpression("rate(1 hour)")
        .flexibleTimeWindow(
            CfnSchedule.FlexibleTimeWindowProperty.builder()
                .mode("FLEXIBLE")
                .maximumWindowInMinutes(15)
                .build())
        .target(
            CfnSchedule.TargetProperty.builder()
                .arn("arn:aws:scheduler:::aws-sdk:sqs:tagQueue")
                .roleArn(role.getRoleArn())
                .input(
                    Stack.of(this)
                        .toJsonString(
                            Map.of(
                                "QueueUrl", queue.getQueueUrl(),
                                "Tags", Map.of("application", application))))
                .retryPolicy(
                    CfnSchedule.RetryPolicyProperty.builder().maximumRetryAttempts(0).build())
                .build())
        .build()
        .getNode()
        .addDependency(role);
  }

  public Queue queue() {
    return queue;
  }

  public Queue deadLetters() {
    return deadLetters;
  }
}
