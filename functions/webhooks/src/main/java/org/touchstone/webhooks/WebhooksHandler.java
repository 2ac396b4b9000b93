package org.touchstone.webhooks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.webhooks.delivery.Deliverer;
import org.touchstone.webhooks.events.AnalysisEvents;
import org.touchstone.webhooks.events.FanOut;
import org.touchstone.webhooks.events.NotEndedException;
import org.touchstone.webhooks.events.QueueMessage;

/**
 * Works the queue of events: an event becomes a delivery and a message for each receiver, and such
 * a message an attempt. A message that cannot be worked on now is handed over again.
 */
@Named("webhooks")
@ApplicationScoped
public class WebhooksHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = Logger.getLogger(WebhooksHandler.class);

  private final AnalysisEvents analyses;
  private final FanOut fanOut;
  private final Deliverer deliverer;

  @Inject
  public WebhooksHandler(AnalysisEvents analyses, FanOut fanOut, Deliverer deliverer) {
    this.analyses = analyses;
    this.fanOut = fanOut;
    this.deliverer = deliverer;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
    for (SQSEvent.SQSMessage message : event.getRecords()) {
      if (!isDone(message)) {
        failures.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  private boolean isDone(SQSEvent.SQSMessage message) {
    Optional<QueueMessage> read = QueueMessage.read(message.getBody());
    if (read.isEmpty()) {
      // It would be as unreadable the next time.
      LOG.errorf("message %s of the queue of events cannot be read", message.getMessageId());
      return true;
    }
    try {
      work(read.get());
      return true;
    } catch (NotEndedException e) {
      LOG.infof("message %s waits: %s", message.getMessageId(), e.getMessage());
      return false;
    } catch (RuntimeException e) {
      LOG.warnf(e, "message %s of the queue of events failed", message.getMessageId());
      return false;
    }
  }

  private void work(QueueMessage message) throws NotEndedException {
    switch (message) {
      case QueueMessage.Ended(String analysisId) ->
          analyses
              .of(analysisId)
              .ifPresent(found -> fanOut.deliver(found.event(), found.callbackUrl()));
      case QueueMessage.Event(var event) -> fanOut.deliver(event, null);
      case QueueMessage.Attempt(var task) -> deliverer.handle(task);
    }
  }
}
