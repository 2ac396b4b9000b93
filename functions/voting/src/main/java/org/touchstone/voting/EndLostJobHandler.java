package org.touchstone.voting;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.touchstone.domain.Job;
import org.touchstone.domain.Json;
import org.touchstone.storage.TaskCallback;
import org.touchstone.telemetry.AnalysisScope;
import org.touchstone.telemetry.Metric;
import org.touchstone.telemetry.Metrics;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Consumes the endpoints' dead-letter queues: ends a job after repeated loss of its workers, so
 * that its analysis continues without it.
 */
@Named("end-lost-job")
@ApplicationScoped
public class EndLostJobHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  /** The error name in the workflow. */
  public static final String WORKER_LOST = "Touchstone.WorkerLost";

  private static final Logger LOG = Logger.getLogger(EndLostJobHandler.class);

  private final TaskCallback tasks;
  private final Metrics metrics;

  @Inject
  public EndLostJobHandler(SfnClient stepFunctions, Metrics metrics) {
    this.tasks = new TaskCallback(stepFunctions);
    this.metrics = metrics;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
    for (SQSEvent.SQSMessage message : event.getRecords()) {
      try {
        end(message);
      } catch (SdkException e) {
        LOG.warnf(e, "message %s is kept for another try", message.getMessageId());
        failures.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  private void end(SQSEvent.SQSMessage message) {
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
      if (tasks.fail(
          job.taskToken(),
          WORKER_LOST,
          "The job was given up after several workers were lost on it.")) {
        metrics.count(Metric.JOBS_LOST, job.endpoint());
      } else {
        LOG.infof("job of analysis %s had ended already", job.analysisId());
      }
    }
  }
}
