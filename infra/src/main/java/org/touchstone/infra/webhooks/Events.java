package org.touchstone.infra.webhooks;

import java.util.List;
import java.util.Map;
import org.touchstone.infra.config.DeploymentConfig;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.amazon.awscdk.services.stepfunctions.IStateMachine;
import software.constructs.Construct;

/** The queue of events and of their deliveries to webhooks, with its dead-letter queue. */
public final class Events extends Construct {
  /** Deliveries at once; a receiver may have a few of them. */
  private static final int MAX_CONCURRENCY = 50;

  /** Longer than the function's longest run, and than an attempt counts as under way. */
  private static final Duration VISIBILITY = Duration.seconds(90);

  /** Half an hour of faults: an event that is given up is never delivered. */
  private static final int MAX_RECEIVES = 20;

  private final Queue queue;
  private final Queue deadLetters;

  public Events(Construct scope, String id, DeploymentConfig config) {
    super(scope, id);
    deadLetters =
        builder("DeadLetters", config.prefix() + "-events-dead-letters")
            .retentionPeriod(Duration.days(14))
            .build();
    queue =
        builder("Queue", config.prefix() + "-events")
            .visibilityTimeout(VISIBILITY)
            .retentionPeriod(Duration.days(4))
            .deadLetterQueue(
                DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(MAX_RECEIVES).build())
            .build();
  }

  private Queue.Builder builder(String id, String queueName) {
    return Queue.Builder.create(this, id)
        .queueName(queueName)
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .removalPolicy(RemovalPolicy.DESTROY);
  }

  /**
   * Has the ends of analyses come into the queue: those that the workflow announces, and those of
   * executions that could not announce theirs.
   *
   * @param bus the workflow's announcements
   */
  public void listenTo(IEventBus bus, IStateMachine workflow) {
    Rule.Builder.create(this, "Ended")
        .eventBus(bus)
        .description("Tells webhooks that an analysis has ended")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("touchstone"))
                .detailType(List.of("AnalysisEnded"))
                .build())
        .targets(List.of(SqsQueue.Builder.create(queue).build()))
        .build();
    Rule.Builder.create(this, "Stopped")
        .description(
            "Tells webhooks of analyses whose executions failed, timed out or were stopped")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("aws.states"))
                .detailType(List.of("Step Functions Execution Status Change"))
                .detail(
                    Map.of(
                        "stateMachineArn", List.of(workflow.getStateMachineArn()),
                        "status", List.of("FAILED", "TIMED_OUT", "ABORTED")))
                .build())
        .targets(List.of(SqsQueue.Builder.create(queue).build()))
        .build();
  }

  /** Has a function work the queue, one message in a call. */
  public void workedBy(IFunction function) {
    function.addEventSource(
        SqsEventSource.Builder.create(queue)
            .batchSize(1)
            .maxConcurrency(MAX_CONCURRENCY)
            .reportBatchItemFailures(true)
            .build());
  }

  public Queue queue() {
    return queue;
  }

  /** Events and deliveries that failed again and again. */
  public Queue deadLetters() {
    return deadLetters;
  }
}
