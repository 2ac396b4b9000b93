package org.touchstone.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * A received message that is still hidden from other workers. While the lease is kept, a separate
 * thread keeps the message hidden and sends the workflow heartbeats. When that thread ends for any
 * reason, the queue delivers the message again.
 */
final class MessageLease {
  private static final Logger LOG = Logger.getLogger(MessageLease.class);

  private final SqsClient sqs;
  private final String queueUrl;
  private final WorkerConfig.Cadence cadence;
  private final Message message;
  private final Runnable deletion;
  private final CountDownLatch ended = new CountDownLatch(1);
  // Prevents an extension under way from overtaking a give-back and hiding the message again.
  private final ReentrantLock visibility = new ReentrantLock();

  /** The lease of a message that the worker deletes. */
  MessageLease(SqsClient sqs, String queueUrl, WorkerConfig.Cadence cadence, Message message) {
    this(
        sqs,
        queueUrl,
        cadence,
        message,
        () -> sqs.deleteMessage(r -> r.queueUrl(queueUrl).receiptHandle(message.receiptHandle())));
  }

  /**
   * A lease.
   *
   * @param queueUrl the queue that the message was received from
   * @param deletion deletes the message or has it deleted; called at most once
   */
  MessageLease(
      SqsClient sqs,
      String queueUrl,
      WorkerConfig.Cadence cadence,
      Message message,
      Runnable deletion) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.cadence = cadence;
    this.message = message;
    this.deletion = deletion;
  }

  /**
   * Keeps the message hidden until the lease ends.
   *
   * @param signal sends a heartbeat; returns whether anyone still waits for the work
   * @param gone called once when nobody waits any more
   */
  void keep(BooleanSupplier signal, Runnable gone) {
    Thread.ofVirtual().name("lease-" + message.messageId()).start(() -> keepAlive(signal, gone));
  }

  private void keepAlive(BooleanSupplier signal, Runnable gone) {
    try {
      while (!ended.await(cadence.keepAlive().toNanos(), TimeUnit.NANOSECONDS)) {
        extend();
        if (!isAwaited(signal)) {
          gone.run();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void extend() {
    visibility.lock();
    try {
      if (ended.getCount() > 0) {
        hideFor(cadence.visibility());
      }
    } catch (RuntimeException e) {
      LOG.warnf(e, "message %s may be delivered again early", message.messageId());
    } finally {
      visibility.unlock();
    }
  }

  private boolean isAwaited(BooleanSupplier signal) {
    try {
      return signal.getAsBoolean();
    } catch (RuntimeException e) {
      LOG.warnf(e, "no heartbeat for message %s", message.messageId());
      return true;
    }
  }

  /** Makes the message visible to other workers after a delay. */
  void giveBack(Duration delay) {
    end();
    try {
      hideFor(delay);
    } catch (RuntimeException e) {
      LOG.warnf(
          e,
          "message %s is delivered again only when its visibility timeout ends",
          message.messageId());
    }
  }

  /** Deletes the message, which nobody needs any more. */
  void delete() {
    end();
    try {
      deletion.run();
    } catch (RuntimeException e) {
      LOG.warnf(
          e, "message %s could not be deleted and will be delivered again", message.messageId());
    }
  }

  /** Stops keeping the message hidden; it is delivered again when its visibility timeout ends. */
  void end() {
    visibility.lock();
    try {
      ended.countDown();
    } finally {
      visibility.unlock();
    }
  }

  private void hideFor(Duration time) {
    int seconds = Math.toIntExact(time.plusNanos(999_999_999).toSeconds());
    sqs.changeMessageVisibility(
        r ->
            r.queueUrl(queueUrl).receiptHandle(message.receiptHandle()).visibilityTimeout(seconds));
  }
}
