package org.touchstone.emulators.lambda;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.touchstone.domain.Compute;
import org.touchstone.worker.BatchWorker;
import org.touchstone.worker.DetectionService;
import org.touchstone.worker.WorkerConfig;
import org.touchstone.worker.WorkerMetrics;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The function of a CPU endpoint and Lambda's event source mapping for its queue, which reads the
 * queue with the function's role.
 */
final class RolesFunction implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RolesFunction.class);
  private static final Duration TIMEOUT = Duration.ofMinutes(15);

  private final RolesEndpoint endpoint;
  private final String queueUrl;
  private final BatchWorker worker;
  private final Thread poller;
  private volatile boolean closed;

  RolesFunction(RolesAccount account, Path work) throws IOException, InterruptedException {
    endpoint = new RolesEndpoint(account, account.cpuEndpointKey(), Compute.CPU, work);
    queueUrl = account.cpuJobs().url();
    DetectionService service = endpoint.service();
    worker =
        new BatchWorker(
            endpoint.sqs(),
            endpoint.stepFunctions(),
            job -> service,
            Duration.ofMinutes(10),
            WorkerMetrics.unobserved(),
            endpoint.analyses(),
            new WorkerConfig(queueUrl, 1, RolesEndpoint.CADENCE));
    // Lambda looks at the queue before it creates a mapping.
    endpoint
        .sqs()
        .getQueueAttributes(
            r -> r.queueUrl(queueUrl).attributeNames(QueueAttributeName.VISIBILITY_TIMEOUT));
    poller = Thread.ofVirtual().start(this::poll);
  }

  private void poll() {
    while (!closed) {
      try {
        List<Message> messages =
            endpoint
                .sqs()
                .receiveMessage(
                    r ->
                        r.queueUrl(queueUrl)
                            .maxNumberOfMessages(1)
                            .waitTimeSeconds(1)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
        Set<String> kept = worker.work(messages, TIMEOUT);
        messages.stream()
            .filter(message -> !kept.contains(message.messageId()))
            .forEach(
                message ->
                    endpoint
                        .sqs()
                        .deleteMessage(
                            d -> d.queueUrl(queueUrl).receiptHandle(message.receiptHandle())));
      } catch (SdkException e) {
        LOG.warn("the queue is read again", e);
      }
    }
  }

  /** Stops after the message that was received. */
  @Override
  public void close() throws InterruptedException {
    closed = true;
    poller.join();
    endpoint.close();
  }
}
