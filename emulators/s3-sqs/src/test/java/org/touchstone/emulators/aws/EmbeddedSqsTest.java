package org.touchstone.emulators.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.emulators.aws.EmbeddedSqs.QueuePair;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class EmbeddedSqsTest {
  private static final int MAX_RECEIVES = 3;

  @Test
  void movesAMessageThatNobodyFinishesToTheDeadLetterQueue() {
    try (EmbeddedSqs server = EmbeddedSqs.start(0);
        SqsClient sqs = server.client()) {
      QueuePair queue = server.createQueue("video", Duration.ofMinutes(5), MAX_RECEIVES);
      sqs.sendMessage(send -> send.queueUrl(queue.url()).messageBody("job"));

      for (int i = 0; i < MAX_RECEIVES; i++) {
        List<Message> messages = receive(sqs, queue.url());
        assertThat(messages).extracting(Message::body).containsExactly("job");
        assertThat(receiveAtOnce(sqs, queue.url())).isEmpty();
        sqs.changeMessageVisibility(
            change ->
                change
                    .queueUrl(queue.url())
                    .receiptHandle(messages.getFirst().receiptHandle())
                    .visibilityTimeout(0));
      }

      assertThat(receiveAtOnce(sqs, queue.url())).isEmpty();
      assertThat(receive(sqs, queue.deadLetterUrl()))
          .extracting(Message::body)
          .containsExactly("job");
    }
  }

  @Test
  void keepsQueueUrlsAcrossARestartOnTheSamePort() throws IOException {
    int port = freePort();
    String before = urlOfQueue(port);

    assertThat(urlOfQueue(port)).isEqualTo(before).contains(":" + port + "/");
  }

  @Test
  void answersOnAQueueUrlItGave() throws IOException {
    int port = freePort();
    try (EmbeddedSqs server = EmbeddedSqs.start(port);
        SqsClient sqs = server.client()) {
      String url = server.createQueue("audio", Duration.ofSeconds(30), MAX_RECEIVES).url();

      sqs.sendMessage(send -> send.queueUrl(url).messageBody("job"));

      assertThat(receive(sqs, url)).hasSize(1);
    }
  }

  private static String urlOfQueue(int port) {
    try (EmbeddedSqs server = EmbeddedSqs.start(port)) {
      return server.createQueue("image", Duration.ofSeconds(30), MAX_RECEIVES).url();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static List<Message> receive(SqsClient sqs, String url) {
    return sqs.receiveMessage(receive -> receive.queueUrl(url).waitTimeSeconds(10)).messages();
  }

  private static List<Message> receiveAtOnce(SqsClient sqs, String url) {
    return sqs.receiveMessage(receive -> receive.queueUrl(url).waitTimeSeconds(0)).messages();
  }
}
