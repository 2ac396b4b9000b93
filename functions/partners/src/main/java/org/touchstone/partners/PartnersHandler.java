package org.touchstone.partners;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.Job;
import org.touchstone.partners.queue.JobMessages;
import org.touchstone.storage.Ids;
import org.touchstone.storage.JobDelivery;
import org.touchstone.storage.QuestionTakenException;
import org.touchstone.storage.TaskCallback;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Works the queue of the voters of other organisations: asks all voters for a job's medium, stores
 * their reports and tells the workflow. A job whose voters call back is put aside: it comes again
 * with each callback, and when the time for one ends. What a voter does is a report.
 */
@Named("partners")
@ApplicationScoped
public class PartnersHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  /** By then a callback that came in time is stored; see Ballot. */
  private static final Duration AFTER_A_WAIT = Duration.ofSeconds(6);

  private final JobDelivery delivery;
  private final JobVoters voters;
  private final JobMessages messages;
  private final InstantSource clock;

  @Inject
  public PartnersHandler(
      SfnClient stepFunctions, JobVoters voters, JobMessages messages, InstantSource clock) {
    this.delivery = new JobDelivery(new TaskCallback(stepFunctions), PartnersHandler::isAccepted);
    this.voters = voters;
    this.messages = messages;
    this.clock = clock;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
    for (SQSEvent.SQSMessage message : event.getRecords()) {
      if (!delivery.handle(
          message.getMessageId(), message.getBody(), job -> isDone(job, message))) {
        failures.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  private boolean isDone(Job job, SQSEvent.SQSMessage message) throws QuestionTakenException {
    Optional<Instant> wait = voters.ask(job);
    if (wait.isPresent() && !isCalledBack(message)) {
      // One such message per job is under way until all waits have ended.
      messages.later(job, Duration.between(clock.instant(), wait.get()).plus(AFTER_A_WAIT));
    }
    return wait.isEmpty();
  }

  private static boolean isCalledBack(SQSEvent.SQSMessage message) {
    return message.getMessageAttributes() != null
        && message.getMessageAttributes().containsKey(JobMessages.CALLED_BACK);
  }

  private static boolean isAccepted(Job job) {
    return Ids.isName(job.endpoint())
        && job.media().s3() != null
        && job.options().allowsThirdParties();
  }
}
