package org.touchstone.infra.batches;

import java.util.List;
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
import software.constructs.Construct;

/**
 * The queue of batches that are to be looked at, which also learns of the end of each analysis, and
 * its dead letters. What lies there is a batch that may have stopped: people are told, and move it
 * back once the fault is gone.
 */
public final class Batches extends Construct {
  /** Twice the longest run of the function. */
  private static final Duration VISIBILITY = Duration.seconds(120);

  /** With the visibility, a fault of forty minutes loses nothing. */
  private static final int MAX_RECEIVES = 20;

  /** What is said of one batch is done in one call, as far as it comes together. */
  private static final int MESSAGES_IN_A_CALL = 10;

  /** Calls that start analyses at once: their rate stays well below what Step Functions allows. */
  private static final int CALLS_AT_ONCE = 4;

  private final Queue queue;
  private final Queue deadLetters;

  /**
   * @param announcements the bus on which ends of analyses are announced
   */
  public Batches(Construct scope, String id, DeploymentConfig config, IEventBus announcements) {
    super(scope, id);
    deadLetters =
        builder("DeadLetters", config.prefix() + "-batches-dead-letters")
            .retentionPeriod(Duration.days(14))
            .build();
    queue =
        builder("Queue", config.prefix() + "-batches")
            .visibilityTimeout(VISIBILITY)
            .retentionPeriod(Duration.days(14))
            .deadLetterQueue(
                DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(MAX_RECEIVES).build())
            .build();
    Rule.Builder.create(this, "Ended")
        .eventBus(announcements)
        .description("Tells batches that an analysis has ended")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("touchstone"))
                .detailType(List.of("AnalysisEnded"))
                .build())
        .targets(List.of(new SqsQueue(queue)))
        .build();
  }

  private Queue.Builder builder(String id, String queueName) {
    return Queue.Builder.create(this, id)
        .queueName(queueName)
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .removalPolicy(RemovalPolicy.DESTROY);
  }

  /** Has a function work the queue. */
  public void workedBy(IFunction function) {
    function.addEventSource(
        SqsEventSource.Builder.create(queue)
            .batchSize(MESSAGES_IN_A_CALL)
            .maxConcurrency(CALLS_AT_ONCE)
            .reportBatchItemFailures(true)
            .build());
  }

  /** The queue. */
  public Queue queue() {
    return queue;
  }

  /** Messages that were given up. */
  public Queue deadLetters() {
    return deadLetters;
  }
}
