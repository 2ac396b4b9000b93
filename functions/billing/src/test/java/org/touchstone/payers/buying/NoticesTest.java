package org.touchstone.payers.buying;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Json;
import org.touchstone.payers.export.Exports;
import org.touchstone.storage.AuditEntry;
import org.touchstone.storage.AuditLog;

class NoticesTest {
  private Exports exports;
  private NoticesHandler handler;

  @BeforeEach
  void open() {
    exports = new Exports();
    exports.buyer("111");
    exports.buyer("222");
    handler =
        new NoticesHandler(
            exports.accounts,
            new Purchases(exports.accounts, new AuditLog(exports.objects)),
            exports.clock);
  }

  @AfterEach
  void close() {
    exports.close();
  }

  private SQSBatchResponse receive(String body) {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId("m1");
    message.setBody(body);
    message.setAttributes(
        Map.of("SentTimestamp", String.valueOf(exports.clock.instant().toEpochMilli())));
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));
    return handler.handleRequest(event, null);
  }

  private static String license(String type, String id, String time) {
    return """
        {"source": "aws.agreement-marketplace", "detail-type": "%s", "time": "%s",
         "detail": {"product": {"code": "prod"}, "acceptor": {"accountId": "x"},
          "license": {"arn": "aws:license-manager:us-east-1:123456789012:l-%s"}}}
        """
        .formatted(type, time, id);
  }

  private boolean hasEnded(String account) {
    return exports.accounts.find(account).orElseThrow().endedAt() != null;
  }

  @Test
  void endedLicenceEndsItsAccountOnly() {
    receive(license("License Deprovisioned - Manufacturer", "111", "2026-11-11T10:00:00Z"));

    assertThat(hasEnded("111")).isTrue();
    assertThat(hasEnded("222")).isFalse();
    receive(license("License Updated - Manufacturer", "111", "2026-11-12T10:00:00Z"));
    assertThat(hasEnded("111")).isFalse();
    assertThat(new AuditLog(exports.objects).list(null, null, null, 10).items())
        .extracting(AuditEntry::action)
        .containsExactly("subscription.renewed", "subscription.ended");
  }

  @Test
  void olderNoticeThatArrivesLaterChangesNothing() {
    receive(license("License Updated - Manufacturer", "111", "2026-11-12T10:00:00Z"));
    receive(license("License Deprovisioned - Manufacturer", "111", "2026-11-11T10:00:00Z"));

    assertThat(hasEnded("111")).isFalse();
  }

  @Test
  void messagesOfTheOlderTopicNameTheBuyer() {
    String message =
        "{\"action\": \"unsubscribe-pending\", \"customer-identifier\": \"id-222\","
            + " \"product-code\": \"prod\"}";
    receive(
        Json.string(
            Map.of(
                "Type",
                "Notification",
                "Timestamp",
                "2026-11-11T10:00:00.000Z",
                "Message",
                message)));
    assertThat(hasEnded("222")).isTrue();
    assertThat(hasEnded("111")).isFalse();

    exports.clock.to(Instant.parse("2026-11-13T00:00:00Z"));
    receive(message.replace("unsubscribe-pending", "subscribe-success"));
    assertThat(hasEnded("222")).isFalse();
  }

  @Test
  void othersAreLeftAloneAndUnreadableOnesAreKept() {
    String deprovisioned = "License Deprovisioned - Manufacturer";
    String time = "2026-11-11T10:00:00Z";

    assertThat(
            receive(license("Purchase Agreement Ended - Proposer", "111", time))
                .getBatchItemFailures())
        .isEmpty();
    receive(license(deprovisioned, "111", time).replace("prod", "other"));
    assertThat(hasEnded("111")).isFalse();
    for (String bad :
        List.of("", "[]", "{", "{\"x\": 1}", license(deprovisioned, "111", "yesterday"))) {
      assertThat(receive(bad).getBatchItemFailures()).as(bad).hasSize(1);
    }
  }
}
