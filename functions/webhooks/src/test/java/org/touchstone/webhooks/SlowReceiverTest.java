package org.touchstone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.webhook.EventType;
import org.touchstone.domain.webhook.WebhookEvent;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.emulators.aws.EmbeddedSqs;
import org.touchstone.storage.EventQueue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** One receiver that hangs beside one that does not, on a real queue with real workers. */
class SlowReceiverTest {
  private static final int WORKERS = 6;
  private static final int EVENTS = 12;

  /** Attempts at once to one receiver: fewer than there are workers. */
  private static final int PLACES = 4;

  private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();

  @Test
  void hangingReceiverDelaysNobodyElse() throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.inMemory();
        EmbeddedSqs sqs = EmbeddedSqs.start(0);
        SqsClient client = sqs.client();
        LoopbackReceiver hanging = LoopbackReceiver.hanging();
        LoopbackReceiver healthy = LoopbackReceiver.answering(200)) {
      String url = sqs.createQueue("events", Duration.ofMinutes(10), 20).url();
      // So long that no attempt at the hanging receiver ends before the test does.
      try (PostOffice office = new PostOffice(s3, Map.entry(client, url), Duration.ofMinutes(10))) {
        String first = office.webhook(hanging).webhook().id();
        String second = office.webhook(healthy).webhook().id();
        EventQueue events = new EventQueue(() -> client, Optional.of(url));
        for (int i = 0; i < EVENTS; i++) {
          events.send(test(office, first, "hanging-" + i));
        }
        for (int i = 0; i < EVENTS; i++) {
          events.send(test(office, second, "healthy-" + i));
        }
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        for (int i = 0; i < WORKERS; i++) {
          workers.execute(() -> poll(office, client, url, ended));
        }
        try {
          long start = System.nanoTime();
          Set<String> told = new HashSet<>();
          while (told.size() < EVENTS && System.nanoTime() - start < PATIENCE_NANOS) {
            Thread.sleep(50);
            healthy.told().forEach(message -> told.add(message.id()));
          }
          assertThat(told).hasSize(EVENTS);
          assertThat(hanging.told()).hasSizeBetween(1, PLACES);
        } finally {
          ended.set(true);
          hanging.close();
          workers.shutdownNow();
        }
      }
    }
  }

  private static WebhookEvent test(PostOffice office, String webhookId, String subject) {
    return WebhookEvent.of(
        EventType.WEBHOOK_TEST,
        PostOffice.ACCOUNT,
        subject,
        office.now(),
        Map.of("webhookId", webhookId));
  }

  private static void poll(PostOffice office, SqsClient sqs, String url, AtomicBoolean ended) {
    while (!ended.get()) {
      List<Message> messages =
          sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(1).waitTimeSeconds(1))
              .messages();
      for (Message message : messages) {
        if (office.isDone(message.body())) {
          sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
        }
      }
    }
  }
}
