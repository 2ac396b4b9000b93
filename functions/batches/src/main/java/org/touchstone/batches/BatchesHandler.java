package org.touchstone.batches;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.BatchLine;
import org.touchstone.domain.Json;
import org.touchstone.domain.batch.BatchTask;
import org.touchstone.domain.workflow.AnalysisEnded;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Ids;

/**
 * Works the queue of batches. A message has a batch looked at, or announces the end of an analysis,
 * which most often belongs to none. What several messages say of one batch is done at once.
 */
@Named("batches")
@ApplicationScoped
public class BatchesHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = Logger.getLogger(BatchesHandler.class);

  /** How long analyses are started in a call: well below its longest run. */
  private static final Duration STARTING = Duration.ofSeconds(30);

  private final Follower follower;
  private final AnalysisStore analyses;
  private final InstantSource clock;

  @Inject
  public BatchesHandler(Follower follower, AnalysisStore analyses, InstantSource clock) {
    this.follower = follower;
    this.analyses = analyses;
    this.clock = clock;
  }

  /** Which batch. */
  private record Place(String accountId, String batchId) {}

  /** What the messages of a call say of a batch. */
  private static final class Said {
    private final List<String> messages = new ArrayList<>();
    private final List<LineEnd> ends = new ArrayList<>();
    private Optional<Integer> tick = Optional.empty();
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
    Map<Place, Said> all = new LinkedHashMap<>();
    for (SQSEvent.SQSMessage message : event.getRecords()) {
      try {
        read(message, all);
      } catch (RuntimeException e) {
        LOG.warnf(e, "message %s is kept for another try", message.getMessageId());
        failures.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
      }
    }
    all.forEach(
        (place, said) -> {
          try {
            follower.look(
                place.accountId(),
                place.batchId(),
                said.ends,
                said.tick,
                clock.instant().plus(STARTING));
          } catch (RuntimeException e) {
            LOG.warnf(e, "batch %s is looked at again", place.batchId());
            said.messages.forEach(id -> failures.add(new SQSBatchResponse.BatchItemFailure(id)));
          }
        });
    return new SQSBatchResponse(failures);
  }

  private void read(SQSEvent.SQSMessage message, Map<Place, Said> all) {
    JsonNode body;
    try {
      body = Json.mapper().readTree(message.getBody().getBytes(StandardCharsets.UTF_8));
      if (body.has("detail")) {
        end(message, Json.mapper().treeToValue(body.get("detail"), AnalysisEnded.class), all);
      } else {
        BatchTask task = Json.mapper().treeToValue(body, BatchTask.class);
        if (task == null || !Ids.isAnalysisId(task.batchId())) {
          throw new IOException("not a task");
        }
        Said said = said(all, task.accountId(), task.batchId(), message);
        said.tick = Optional.of(Math.max(task.tick(), said.tick.orElse(Integer.MIN_VALUE)));
      }
    } catch (JsonProcessingException e) {
      LOG.errorf("message %s cannot be read; dropped", message.getMessageId());
    } catch (IOException e) {
      LOG.errorf("message %s is not about a batch; dropped", message.getMessageId());
    }
  }

  private void end(SQSEvent.SQSMessage message, AnalysisEnded end, Map<Place, Said> all) {
    if (end == null || !Ids.isAnalysisId(end.analysisId())) {
      LOG.errorf("message %s names no analysis; dropped", message.getMessageId());
      return;
    }
    Optional<AnalysisRequest> request = analyses.request(end.analysisId());
    if (request.isEmpty() || request.get().batch() == null) {
      return;
    }
    BatchLine line = request.get().batch();
    said(all, request.get().accountId(), line.batchId(), message)
        .ends
        .add(new LineEnd(line.line(), end));
  }

  private static Said said(
      Map<Place, Said> all, String accountId, String batchId, SQSEvent.SQSMessage message) {
    Said said = all.computeIfAbsent(new Place(accountId, batchId), place -> new Said());
    said.messages.add(message.getMessageId());
    return said;
  }
}
