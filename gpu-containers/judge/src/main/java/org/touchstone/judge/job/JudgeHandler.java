package org.touchstone.judge.job;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.touchstone.domain.Job;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Roster;
import org.touchstone.storage.Ids;
import org.touchstone.storage.TaskCallback;
import org.touchstone.telemetry.AnalysisScope;
import org.touchstone.telemetry.JsonLog;

/**
 * Works the judge's queue: judges the transcript of a job, stores the report and tells the
 * workflow. A message is kept for another try when this machine or AWS is at fault; what the judge
 * does is a report.
 */
public final class JudgeHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  /** The error of a message that is not a job, as the workflow sees it. */
  public static final String JOB_INVALID = "Touchstone.JobInvalid";

  private static final Logger LOG = Logger.getLogger(JudgeHandler.class);

  private final TaskCallback callback;
  private final TranscriptJob transcripts;

  /**
   * On AWS: everything is read from the environment, see {@link JudgeEnvironment}.
   *
   * @throws IllegalStateException when the environment is not complete
   */
  public JudgeHandler() {
    this(onLambda());
  }

  private static JudgeEnvironment onLambda() {
    JsonLog.begin();
    return JudgeEnvironment.of(System.getenv());
  }

  private JudgeHandler(JudgeEnvironment environment) {
    this(environment.callback(), environment.transcripts());
  }

  public JudgeHandler(TaskCallback callback, TranscriptJob transcripts) {
    this.callback = callback;
    this.transcripts = transcripts;
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
        transcripts.run(job);
        callback.succeed(job.taskToken());
      }
    }
  }

  private boolean isValid(Job job) {
    MediaItem media = job.media();
    return Ids.isAnalysisId(job.analysisId())
        && job.endpoint().equals(Roster.JUDGE)
        && job.track() == Modality.AUDIO
        && Ids.isSha256(media.sha256())
        && media.id().equals(MediaItem.idOf(media.sha256()))
        && transcripts.isAllowed(job);
  }
}
