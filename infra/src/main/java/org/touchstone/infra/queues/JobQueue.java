package org.touchstone.infra.queues;

import java.util.List;
import java.util.Map;
import org.touchstone.infra.config.DeploymentConfig;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * A queue of jobs whose end the workflow awaits, one of jobs that may wait until the first is
 * empty, and the dead-letter queue of both for jobs that lost several consumers, from which {@code
 * end-lost-job} ends them.
 */
public final class JobQueue extends Construct {
  /** How long a job stays hidden from other workers; a container extends this while it works. */
  public static final Duration VISIBILITY_FOR_CONTAINERS = Duration.seconds(60);

  /** From the end of a function's longest run until its job is visible again. */
  private static final int MARGIN_SECONDS = 60;

  /** The least that Lambda lets an event source have. */
  private static final int LEAST_CONCURRENCY = 2;

  /** A job is given up after three lost consumers. */
  private static final int MAX_RECEIVES = 3;

  private final String name;
  private final String label;
  private final Queue queue;
  private final Queue bulk;
  private final Queue deadLetters;

  /**
   * Creates the queues.
   *
   * @param name the part of the queues' names between the deployment's prefix and their kind
   * @param label whose jobs they are, for people: "endpoint all"
   * @param visibility how long a received job stays hidden
   */
  public JobQueue(
      Construct scope,
      String id,
      DeploymentConfig config,
      String name,
      String label,
      Duration visibility) {
    super(scope, id);
    this.name = name;
    this.label = label;
    String prefix = config.prefix() + "-" + name;
    deadLetters =
        builder("DeadLetters", prefix + "-dead-letters")
            // Six times the longest run of its consumer, as Lambda recommends.
            .visibilityTimeout(Duration.minutes(3))
            .retentionPeriod(Duration.days(14))
            .build();
    queue = jobs("Jobs", prefix + "-jobs", visibility);
    bulk = jobs("BulkJobs", prefix + "-bulk-jobs", visibility);
  }

  private Queue jobs(String id, String queueName, Duration visibility) {
    return builder(id, queueName)
        .visibilityTimeout(visibility)
        // The workflow gives up on a job after an hour; a leftover job is useless.
        .retentionPeriod(Duration.hours(4))
        .deadLetterQueue(
            DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(MAX_RECEIVES).build())
        .build();
  }

  /**
   * How long a job stays hidden while a function works on it: the function's longest run and a
   * minute. AWS recommends six times the longest run, so that a job which waits for a throttled
   * function is not received again. With 15 minutes that would be longer than the hour for which
   * the workflow waits, and a job whose function died would never be tried again; and the limit of
   * concurrency at the event source leaves jobs in the queue that cannot be worked on. With a
   * minute more, three lost runs take 48 minutes, and {@code end-lost-job} still answers in time.
   *
   * @param timeoutSeconds the function's longest run
   */
  public static Duration visibilityForFunction(int timeoutSeconds) {
    return Duration.seconds(timeoutSeconds + MARGIN_SECONDS);
  }

  private Queue.Builder builder(String id, String queueName) {
    return Queue.Builder.create(this, id)
        .queueName(queueName)
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .removalPolicy(RemovalPolicy.DESTROY);
  }

  /**
   * Has a function work the queues, one job in a call. Those that may wait have half of the others'
   * concurrency beside it, and none of it: however many they are, the others have all their room.
   *
   * @param maxConcurrency jobs at once; jobs above it stay in the queue and are not received
   */
  public void workedBy(IFunction function, int maxConcurrency) {
    work(queue, function, maxConcurrency);
    work(bulk, function, Math.max(LEAST_CONCURRENCY, maxConcurrency / 2));
  }

  private static void work(Queue jobs, IFunction function, int maxConcurrency) {
    function.addEventSource(
        SqsEventSource.Builder.create(jobs)
            .batchSize(1)
            .maxConcurrency(maxConcurrency)
            .reportBatchItemFailures(true)
            .build());
  }

  /**
   * Calls the queues every hour: after six idle hours, SQS reports the length of a queue up to
   * fifteen minutes late, and scaling from zero waits for that number. The call sets a tag that the
   * queue already has, because schedules may not call read-only actions.
   */
  public void keepActive(String application) {
    Role role =
        Role.Builder.create(this, "WakeRole")
            .assumedBy(new ServicePrincipal("scheduler.amazonaws.com"))
            .description("Calls the queues so that their metrics stay fresh")
            .build();
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(List.of("sqs:TagQueue"))
            .resources(arns())
            .build());
    wake("Wake", queue, role, application);
    wake("WakeBulk", bulk, role, application);
  }

  private void wake(String id, Queue jobs, Role role, String application) {
    CfnSchedule.Builder.create(this, id)
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
                                "QueueUrl", jobs.getQueueUrl(),
                                "Tags", Map.of("application", application))))
                .retryPolicy(
                    CfnSchedule.RetryPolicyProperty.builder().maximumRetryAttempts(0).build())
                .build())
        .build()
        .getNode()
        .addDependency(role);
  }

  /** The part of the queues' names between the deployment's prefix and their kind. */
  public String name() {
    return name;
  }

  /** Whose jobs they are, for people. */
  public String label() {
    return label;
  }

  /** The queue of jobs that somebody waits for. */
  public Queue queue() {
    return queue;
  }

  /** The queue of jobs that may wait. */
  public Queue bulk() {
    return bulk;
  }

  /** The ARNs of both. */
  public List<String> arns() {
    return List.of(queue.getQueueArn(), bulk.getQueueArn());
  }

  /** The URLs of both, as the resolver reads them. */
  public String urls() {
    return queue.getQueueUrl() + "|" + bulk.getQueueUrl();
  }

  public Queue deadLetters() {
    return deadLetters;
  }
}
