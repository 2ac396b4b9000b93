package org.touchstone.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.touchstone.worker.WorkerMetrics.JobEnd;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * One delivery of one message, from its receive to its end. Three parties may end it: the thread
 * that works on it, the lease when nobody waits for the job any more, and a drain. The first one
 * wins, and the message is deleted or given back once.
 */
final class Delivery {

  private enum State {
    WORKING,
    /** The work is done and is being handed in; only the working thread may end this state. */
    HANDING_IN,
    ENDED
  }

  private final Message message;
  private final MessageLease lease;
  private final WorkerMetrics metrics;
  private final AtomicReference<State> state = new AtomicReference<>(State.WORKING);
  private final Thread thread;

  /**
   * Creates the delivery of a message just received.
   *
   * @param work the work on it, which runs on a separate thread
   */
  Delivery(Message message, MessageLease lease, WorkerMetrics metrics, Consumer<Delivery> work) {
    this.message = message;
    this.lease = lease;
    this.metrics = metrics;
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("job-" + message.messageId())
            .unstarted(() -> work.accept(this));
  }

  void start() {
    thread.start();
  }

  /** Waits for the thread that works on it. */
  boolean awaitThread(Duration time) throws InterruptedException {
    return thread.join(time);
  }

  String body() {
    return message.body();
  }

  String messageId() {
    return message.messageId();
  }

  boolean hasEnded() {
    return thread.getState() == Thread.State.TERMINATED;
  }

  /** How often the message has been received, including this time. */
  int receives() {
    return receives(message.attributes());
  }

  /** How often a message with these attributes has been received, including this time. */
  static int receives(Map<MessageSystemAttributeName, String> attributes) {
    String count = attributes.get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
    return count == null ? 1 : Integer.parseInt(count);
  }

  /** Records how long the message has waited, if this is its first receive. */
  void recordWait() {
    if (receives() == 1) {
      sentAt().ifPresent(at -> metrics.queueAge(Duration.between(at, Instant.now())));
    }
  }

  private Optional<Instant> sentAt() {
    return attribute(MessageSystemAttributeName.SENT_TIMESTAMP)
        .map(Long::parseLong)
        .map(Instant::ofEpochMilli);
  }

  /** The trace that the message was sent in, as X-Ray writes it. */
  Optional<String> traceHeader() {
    return attribute(MessageSystemAttributeName.AWS_TRACE_HEADER);
  }

  private Optional<String> attribute(MessageSystemAttributeName name) {
    return Optional.ofNullable(message.attributes().get(name));
  }

  /** Hides the message from other workers while this one lives. */
  void keep(BooleanSupplier signal) {
    lease.keep(signal, this::dismiss);
  }

  /** Whether the delivery is still open for the working thread. */
  boolean isWanted() {
    return state.get() != State.ENDED;
  }

  /** Called before the work is handed in; returns false if another party has ended the delivery. */
  boolean beginHandingIn() {
    return state.compareAndSet(State.WORKING, State.HANDING_IN);
  }

  /** Called by the working thread: the message is no longer needed. */
  void done(JobEnd end) {
    if (state.getAndSet(State.ENDED) != State.ENDED) {
      lease.delete();
      metrics.ended(end);
    }
  }

  /** Called by the working thread: the message should be delivered again after a delay. */
  void returned(JobEnd end, Duration delay) {
    if (state.getAndSet(State.ENDED) != State.ENDED) {
      lease.giveBack(delay);
      metrics.ended(end);
    }
  }

  /** Called by a drain: another worker may receive the message at once, unless it is done. */
  void abandon() {
    if (state.compareAndSet(State.WORKING, State.ENDED)) {
      lease.giveBack(Duration.ZERO);
      metrics.ended(JobEnd.DRAINED);
      thread.interrupt();
    }
  }

  private void dismiss() {
    if (state.compareAndSet(State.WORKING, State.ENDED)) {
      lease.delete();
      metrics.ended(JobEnd.GONE);
      thread.interrupt();
    }
  }
}
