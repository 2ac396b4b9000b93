package org.touchstone.partners;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.domain.Job;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.partners.ask.QuestionTakenException;
import org.touchstone.partners.queue.JobMessages;
import org.touchstone.storage.Ids;
import org.touchstone.storage.TaskCallback;
import org.touchstone.telemetry.AnalysisScope;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Works the queue of the voters of other organisations: asks all voters for a job's medium, stores
 * their reports and tells the workflow. A job whose voters call back is put aside: it comes again
 * with each callback, and when the time for one ends. A message is kept for another try when this
 * machine or AWS is at fault; what a voter does is a report.
 */
@Named("partners")
@ApplicationScoped
public class PartnersHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  /** The error of a message that is not a job, as the workflow sees it. */
  public static final String JOB_INVALID = "Touchstone.JobInvalid";

  /** By then a callback that came in time is stored; see Ballot. */
  private static final Duration AFTER_A_WAIT = Duration.ofSeconds(6);

  private static final Logger LOG = Logger.getLogger(PartnersHandler.class);

  private final TaskCallback callback;
  private final JobVoters voters;
  private final JobMessages messages;
  private final InstantSource clock;

  @Inject
  public PartnersHandler(
      SfnClient stepFunctions, JobVoters voters, JobMessages messages, InstantSource clock) {
    this.callback = new TaskCallback(stepFunctions);
    this.voters = voters;
    this.messages = messages;
    this.clock = clock;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
    for (SQSEvent.SQSMessage message : event.getRecords()) {
      try {
        work(message);
      } catch (QuestionTakenException e) {
        LOG.infof("message %s is kept: %s", message.getMessageId(), e.getMessage());
        failures.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
      } catch (RuntimeException e) {
        LOG.warnf(e, "message %s is kept for another try", message.getMessageId());
        failures.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  private void work(SQSEvent.SQSMessage message) throws QuestionTakenException {
    Job job;
    try {
      job = Json.read(message.getBody().getBytes(StandardCharsets.UTF_8), Job.class);
    } catch (UncheckedIOException e) {
      LOG.errorf("message %s is not a job; dropped", message.getMessageId());
      return;
    }
    if (job == null || job.taskToken() == null) {
      LOG.errorf("message %s has no task token; dropped", message.getMessageId());
      return;
    }
    try (AnalysisScope scope = AnalysisScope.of(job.analysisId())) {
      if (!isValid(job)) {
        LOG.errorf("message %s is not a valid job", message.getMessageId());
        callback.fail(job.taskToken(), JOB_INVALID, "The message is not a valid job.");
      } else if (callback.heartbeat(job.taskToken())) {
        Optional<Instant> wait = voters.ask(job);
        if (wait.isEmpty()) {
          callback.succeed(job.taskToken());
        } else if (!isCalledBack(message)) {
          // One such message per job is under way until all waits have ended.
          messages.later(job, Duration.between(clock.instant(), wait.get()).plus(AFTER_A_WAIT));
        }
      }
    }
  }

  private static boolean isCalledBack(SQSEvent.SQSMessage message) {
    return message.getMessageAttributes() != null
        && message.getMessageAttributes().containsKey(JobMessages.CALLED_BACK);
  }

  private static boolean isValid(Job job) {
    MediaItem media = job.media();
    return Ids.isAnalysisId(job.analysisId())
        && Ids.isName(job.endpoint())
        && Ids.isSha256(media.sha256())
        && media.id().equals(MediaItem.idOf(media.sha256()))
        && media.s3() != null
        && job.options().allowsThirdParties();
  }
}
