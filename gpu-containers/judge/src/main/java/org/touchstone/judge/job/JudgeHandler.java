package org.touchstone.judge.job;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.ArrayList;
import java.util.List;
import org.touchstone.domain.Job;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Roster;
import org.touchstone.storage.JobDelivery;
import org.touchstone.storage.QuestionTakenException;
import org.touchstone.storage.TaskCallback;
import org.touchstone.telemetry.JsonLog;

/**
 * Works the judge's queue: judges the transcript of a job, stores the report and tells the
 * workflow. What the judge does is a report.
 */
public final class JudgeHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final JobDelivery delivery;
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
    this.delivery = new JobDelivery(callback, this::isAccepted);
    this.transcripts = transcripts;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
    for (SQSEvent.SQSMessage message : event.getRecords()) {
      if (!delivery.handle(message.getMessageId(), message.getBody(), this::judge)) {
        failures.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  private boolean judge(Job job) throws QuestionTakenException {
    transcripts.run(job);
    return true;
  }

  private boolean isAccepted(Job job) {
    return job.endpoint().equals(Roster.JUDGE)
        && job.track() == Modality.AUDIO
        && transcripts.isAllowed(job);
  }
}
