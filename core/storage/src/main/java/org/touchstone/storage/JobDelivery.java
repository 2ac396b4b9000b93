package org.touchstone.storage;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.touchstone.domain.Job;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.telemetry.AnalysisScope;

/**
 * Handles the messages of a queue whose jobs put questions. A message that is not a job is dropped,
 * a job that is not valid fails, and one that nobody awaits is left alone. A message is kept for
 * another try when this machine or AWS is at fault, or another delivery is at work.
 */
public final class JobDelivery {
  /** The error of a job that is not valid, as the workflow sees it. */
  public static final String JOB_INVALID = "Touchstone.JobInvalid";

  private static final Logger LOG = Logger.getLogger(JobDelivery.class);

  /** Does a valid job whose task still waits. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does a job.
     *
     * @return whether the task has succeeded; if not, the workflow is told nothing yet
     * @throws QuestionTakenException when another delivery of the job is at work on a question
     */
    boolean run(Job job) throws QuestionTakenException;
  }

  private final TaskCallback callback;
  private final Predicate<Job> accepted;

  /**
   * @param callback tells the workflow
   * @param accepted whether a job is for this queue; its ids and its medium's are checked before
   */
  public JobDelivery(TaskCallback callback, Predicate<Job> accepted) {
    this.callback = Objects.requireNonNull(callback, "callback");
    this.accepted = Objects.requireNonNull(accepted, "accepted");
  }

  /**
   * Handles a message.
   *
   * @param messageId its name in logs
   * @param body any text
   * @return whether it is done with; if not, it is to be delivered again
   */
  public boolean handle(String messageId, String body, Work work) {
    try {
      deliver(messageId, body, work);
      return true;
    } catch (QuestionTakenException e) {
      LOG.infof("message %s is kept: %s", messageId, e.getMessage());
      return false;
    } catch (RuntimeException e) {
      LOG.warnf(e, "message %s is kept for another try", messageId);
      return false;
    }
  }

  private void deliver(String messageId, String body, Work work) throws QuestionTakenException {
    Job job;
    try {
      job = Json.read(body.getBytes(StandardCharsets.UTF_8), Job.class);
    } catch (UncheckedIOException e) {
      LOG.errorf("message %s is not a job; dropped", messageId);
      return;
    }
    if (job == null || job.taskToken() == null) {
      LOG.errorf("message %s has no task token; dropped", messageId);
      return;
    }
    try (AnalysisScope scope = AnalysisScope.of(job.analysisId())) {
      if (!isValid(job)) {
        LOG.errorf("message %s is not a valid job", messageId);
        callback.fail(job.taskToken(), JOB_INVALID, "The message is not a valid job.");
      } else if (callback.heartbeat(job.taskToken()) && work.run(job)) {
        callback.succeed(job.taskToken());
      }
    }
  }

  private boolean isValid(Job job) {
    MediaItem media = job.media();
    return Ids.isAnalysisId(job.analysisId())
        && Ids.isSha256(media.sha256())
        && media.id().equals(MediaItem.idOf(media.sha256()))
        && accepted.test(job);
  }
}
