package org.touchstone.payers.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against services on loopback that behave as they are documented. */
class MeterExportTest {
  private static final Instant NINE = Instant.parse("2026-11-10T09:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private Exports exports;

  @BeforeEach
  void open() {
    exports = new Exports();
  }

  @AfterEach
  void close() {
    exports.close();
  }

  private static Instant at(String time) {
    return Instant.parse("2026-11-10T" + time + "Z");
  }

  private void assertReconciled(MeterExporter exporter, String account, long units) {
    long carried = exports.carried(exporter, account);
    assertThat(carried).isBetween(-Exports.UNIT + 1, Exports.UNIT - 1);
    assertThat(units * Exports.UNIT + carried).isEqualTo(exports.owed(account));
  }

  @Test
  void sendsOneRecordForEachHourSoonAfterItHasEnded() {
    exports.buyer("111");
    exports.use("111", at("09:00:00"));
    exports.use("111", at("09:59:59"));
    exports.use("111", at("10:00:00"));
    MeterExporter exporter = exports.toMarketplace();

    exports.clock.to(at("10:04:59"));
    exports.run(exporter);
    assertThat(exports.marketplace.records("111")).isZero();
    exports.clock.to(at("10:05:00"));
    ExportReport report = exports.run(exporter);
    exports.run(exporter);
    assertThat(exports.marketplace.records("111")).isEqualTo(1);
    exports.clock.to(at("11:05:00"));
    exports.run(exporter);

    assertThat(report.problems()).isEmpty();
    assertThat(report.units()).isEqualTo(2 * (12_345 + 2 * 67_891) / Exports.UNIT);
    assertThat(exports.marketplace.records("111")).isEqualTo(2);
    assertReconciled(exporter, "111", exports.marketplace.units("111"));
    JsonNode record = exports.marketplace.calls().getFirst().path("UsageRecords").get(0);
    assertThat(record.path("Timestamp").asLong()).isEqualTo(NINE.getEpochSecond());
    assertThat(record.path("LicenseArn").asText()).endsWith(":l-111");
    assertThat(exports.marketplace.calls()).allMatch(call -> !call.has("ProductCode"));
  }

  @Test
  void unitsAreNeverMoreThanThePrice() {
    exports.buyer("111");
    MeterExporter exporter = exports.toMarketplace();
    for (int hour = 0; hour < 12; hour++) {
      exports.use("111", NINE.plus(HOUR.multipliedBy(hour)));
      exports.clock.to(NINE.plus(HOUR.multipliedBy(hour + 1)).plusSeconds(300));
      exports.run(exporter);

      assertThat(exports.marketplace.units("111") * Exports.UNIT)
          .isLessThanOrEqualTo(exports.owed("111"));
      assertReconciled(exporter, "111", exports.marketplace.units("111"));
    }
  }

  @Test
  void factThatIsRecordedLateGoesIntoALaterHour() {
    exports.buyer("111");
    exports.use("111", at("09:10:00"));
    MeterExporter exporter = exports.toMarketplace();
    exports.clock.to(at("10:05:00"));
    exports.run(exporter);
    exports.use("111", at("09:20:00"));
    exports.run(exporter);
    assertThat(exports.marketplace.records("111")).isEqualTo(1);

    exports.clock.to(at("11:05:00"));
    exports.run(exporter);

    assertThat(exports.marketplace.records("111")).isEqualTo(2);
    assertReconciled(exporter, "111", exports.marketplace.units("111"));
  }

  @Test
  void factThatIsRecordedWeeksLateIsFoundOnceADay() {
    exports.customer("cus_1");
    exports.use("cus_1", at("09:10:00"));
    MeterExporter exporter = exports.toStripe();
    exports.clock.to(at("10:05:00"));
    exports.run(exporter);
    exports.clock.on(Duration.ofDays(20));
    exports.run(exporter);
    exports.use("cus_1", at("09:20:00"));

    exports.run(exporter);
    assertThat(exports.stripe.records("cus_1")).isEqualTo(1);
    exports.clock.on(Duration.ofDays(1));
    exports.run(exporter);

    assertThat(exports.stripe.records("cus_1")).isEqualTo(2);
    assertReconciled(exporter, "cus_1", exports.stripe.units("cus_1"));
  }

  @Test
  void usageOfALongOutageIsSentInHoursThatAreStillAccepted() {
    exports.buyer("111");
    for (int hour = 9; hour < 20; hour++) {
      exports.use("111", at("%02d:30:00".formatted(hour)));
    }
    MeterExporter exporter = exports.toMarketplace();
    exports.clock.to(at("20:10:00"));

    ExportReport report = exports.run(exporter);

    assertThat(report.problems()).isEmpty();
    assertThat(exports.marketplace.records("111")).isBetween(3L, 5L);
    assertReconciled(exporter, "111", exports.marketplace.units("111"));
  }

  @Test
  void freeUsageAndUsageBeforeThePurchaseIsNotSent() {
    exports.buyer("111");
    exports.useForFree("111", at("09:10:00"));
    exports.use("111", at("08:19:59"));
    exports.clock.to(at("10:05:00"));

    exports.run(exports.toMarketplace());

    assertThat(exports.marketplace.calls()).isEmpty();
    assertThat(exports.carried(exports.toMarketplace(), "111")).isZero();
  }

  @Test
  void recordOfTheFirstHourDoesNotBeginBeforeThePurchase() {
    exports.buyer("111");
    exports.use("111", at("08:30:00"));
    exports.clock.to(at("09:05:00"));

    exports.run(exports.toMarketplace());

    assertThat(exports.marketplace.calls().getFirst().at("/UsageRecords/0/Timestamp").asLong())
        .isEqualTo(Exports.SINCE.getEpochSecond());
  }

  @Test
  void unprocessedRecordsAreSentAgain() {
    for (int i = 0; i < 30; i++) {
      exports.buyer("1" + i);
      exports.use("1" + i, at("09:10:00"));
    }
    exports.clock.to(at("10:05:00"));
    exports.marketplace.leaveUnprocessed(40);
    MeterExporter exporter = exports.toMarketplace();

    exports.run(exporter);
    exports.run(exporter);

    assertThat(exports.marketplace.calls()).allMatch(c -> c.path("UsageRecords").size() <= 25);
    for (int i = 0; i < 30; i++) {
      assertThat(exports.marketplace.records("1" + i)).isEqualTo(1);
      assertReconciled(exporter, "1" + i, exports.marketplace.units("1" + i));
    }
  }

  @Test
  void oneBadTimestampKeepsNoOtherRecordBack() {
    for (int i = 0; i < 9; i++) {
      exports.buyer("1" + i);
      exports.use("1" + i, at("09:10:00"));
    }
    exports.marketplace.refuseTimesOf("13");
    exports.clock.to(at("10:05:00"));
    MeterExporter exporter = exports.toMarketplace();

    exports.run(exporter);

    for (int i = 0; i < 9; i++) {
      assertThat(exports.marketplace.records("1" + i)).isEqualTo(i == 3 ? 0 : 1);
    }
  }

  @Test
  void hourThatSomebodyElseMeteredIsLeftToThemAndTheUsageGoesIntoTheNext() {
    exports.buyer("111");
    exports.use("111", at("09:10:00"));
    exports.marketplace.foreign(
        "111", "arn:aws:license-manager::123456789012:license:l-111", "usage", NINE);
    exports.clock.to(at("10:05:00"));
    MeterExporter exporter = exports.toMarketplace();

    ExportReport report = exports.run(exporter);
    exports.clock.to(at("11:05:00"));
    exports.run(exporter);

    assertThat(report.problems()).singleElement().asString().contains("not ours");
    assertReconciled(exporter, "111", exports.marketplace.units("111") - 999_999);
  }

  @Test
  void answerThatIsLostMakesNoSecondRecord() {
    exports.buyer("111");
    exports.use("111", at("09:10:00"));
    exports.marketplace.faults(1);
    exports.clock.to(at("10:05:00"));
    MeterExporter exporter = exports.toMarketplace();

    exports.run(exporter);
    exports.use("111", at("09:50:00"));
    exports.clock.to(at("10:20:00"));
    exports.run(exporter);
    exports.clock.to(at("11:05:00"));
    exports.run(exporter);

    assertThat(exports.marketplace.records("111")).isEqualTo(2);
    assertReconciled(exporter, "111", exports.marketplace.units("111"));
  }

  @Test
  void hourWithoutAnAnswerInTimeIsNamedAndNotSentAgain() {
    exports.buyer("111");
    long micros = exports.use("111", at("09:10:00")).micros();
    exports.marketplace.faults(100);
    MeterExporter exporter = exports.toMarketplace();
    exports.clock.to(at("10:05:00"));
    exports.run(exporter);
    exports.clock.to(at("13:05:00"));
    assertThat(exports.run(exporter).problems()).as("late").hasSize(1);

    exports.clock.to(at("16:05:00"));
    ExportReport report = exports.run(exporter);
    exports.marketplace.faults(0);
    exports.clock.on(HOUR);
    exports.run(exporter);

    assertThat(report.problems()).singleElement().asString().contains("nobody knows");
    assertThat(exports.marketplace.units("111")).isEqualTo(micros / Exports.UNIT);
    assertThat(exports.marketplace.records("111")).isEqualTo(1);
    assertThat(exports.books.filed("marketplace", "111", NINE))
        .hasValueSatisfying(
            usage -> assertThat(usage.status()).isEqualTo(SealedHour.Status.UNCONFIRMED));
  }

  @Test
  void usageOfAnEndedSubscriptionIsSentAtOnceAndThenNamed() {
    exports.buyer("111");
    exports.use("111", at("09:10:00"));
    exports.accounts.subscription("111", true, at("09:30:00"));
    MeterExporter exporter = exports.toMarketplace();

    exports.clock.to(at("09:35:00"));
    exports.run(exporter);
    assertThat(exports.marketplace.records("111")).isEqualTo(1);
    exports.use("111", at("10:40:00"));
    exports.marketplace.unsubscribe("111");
    exports.clock.to(at("11:05:00"));
    ExportReport report = exports.run(exporter);
    exports.clock.to(at("12:05:00"));

    assertThat(report.problems()).singleElement().asString().contains("no subscription");
    assertThat(exports.run(exporter).problems()).isEmpty();
    assertThat(exports.marketplace.records("111")).isEqualTo(1);
  }

  @Test
  void anAccountWhoseBuyerHasNoSubscriptionIsEndedThoughNobodyToldOfIt() {
    exports.buyer("111");
    exports.use("111", at("09:10:00"));
    exports.marketplace.unsubscribe("111");
    exports.clock.to(at("10:05:00"));

    ExportReport report = exports.run(exports.toMarketplace());

    assertThat(report.problems()).singleElement().asString().contains("no subscription");
    assertThat(exports.accounts.find("111").orElseThrow().endedAt()).isEqualTo(at("10:05:00"));
  }

  @Test
  void stripesDoublesAreFoundAfterTheDayForWhichItKnowsIdentifiers() {
    exports.customer("cus_1");
    exports.use("cus_1", at("09:10:00"));
    exports.stripe.faults(1);
    exports.clock.to(at("10:05:00"));
    MeterExporter exporter = exports.toStripe();
    exports.run(exporter);
    assertThat(exports.stripe.records("cus_1")).isEqualTo(1);

    exports.clock.on(Duration.ofHours(30));
    exports.run(exporter);

    assertThat(exports.stripe.records("cus_1")).isEqualTo(1);
    assertThat(exports.books.filed("stripe", "cus_1", NINE)).isPresent();
    assertReconciled(exporter, "cus_1", exports.stripe.units("cus_1"));
  }

  @Test
  void stripesEventThatNeverArrivedIsSentAfterThatDayToo() {
    MeterExporter exporter = exports.toStripe();
    exports.clock.to(at("10:05:00"));
    String account = null;
    for (int call = 0; account == null; call++) {
      String dead = "cus_" + call;
      exports.customer(dead);
      exports.use(dead, at("09:10:00"));
      exports.die(exporter, call, false);
      SealedHour current = exports.books.read("stripe", dead).state().current();
      if (current != null && current.uncertain()) {
        account = dead;
      } else {
        exports.retire(dead);
      }
    }
    assertThat(exports.stripe.records(account)).isZero();

    exports.clock.on(Duration.ofHours(30));
    exports.run(exporter);

    assertThat(exports.stripe.records(account)).isEqualTo(1);
    assertReconciled(exporter, account, exports.stripe.units(account));
  }

  @Test
  void eventThatStripeRefusesLaterIsSentAgain() {
    exports.customer("cus_1");
    MeterExporter exporter = exports.toStripe();
    exports.use("cus_1", at("09:10:00"));
    exports.stripe.refuseLater("cus_1", true);
    exports.clock.to(at("10:05:00"));
    assertThat(exports.run(exporter).problems()).isEmpty();
    exports.stripe.refuseLater("cus_1", false);
    exports.use("cus_1", at("10:10:00"));
    exports.clock.to(at("11:05:00"));
    exports.run(exporter);

    exports.clock.to(at("11:10:00").plus(Duration.ofDays(1)));
    ExportReport report = exports.run(exporter);
    exports.run(exporter);
    exports.clock.on(HOUR);
    exports.run(exporter);

    assertThat(report.problems()).singleElement().asString().contains("does not count");
    assertReconciled(exporter, "cus_1", exports.stripe.units("cus_1"));
    assertThat(exports.stripe.records("cus_1")).isEqualTo(2);
    exports.clock.on(Duration.ofDays(2));
    exports.run(exporter);
    assertThat(exports.books.filedFrom("stripe", "cus_1", NINE))
        .allMatch(usage -> usage.status() == SealedHour.Status.CONFIRMED);
  }

  @Test
  void manyRunsAtOnceSendEachFactOnce() throws Exception {
    for (int i = 0; i < 5; i++) {
      exports.buyer("1" + i);
      exports.customer("cus_" + i);
      for (int hour = 9; hour < 12; hour++) {
        exports.use("1" + i, at("%02d:10:00".formatted(hour)));
        exports.use("cus_" + i, at("%02d:10:00".formatted(hour)));
      }
    }
    exports.clock.to(at("12:05:00"));
    try (ExecutorService runs = Executors.newFixedThreadPool(4)) {
      List<Future<?>> running =
          IntStream.range(0, 8)
              .<Future<?>>mapToObj(
                  i ->
                      runs.submit(
                          () ->
                              exports.run(
                                  i % 2 == 0 ? exports.toMarketplace() : exports.toStripe())))
              .toList();
      for (Future<?> run : running) {
        run.get();
      }
    }
    exports.run(exports.toMarketplace());
    exports.run(exports.toStripe());

    for (int i = 0; i < 5; i++) {
      assertReconciled(exports.toMarketplace(), "1" + i, exports.marketplace.units("1" + i));
      assertReconciled(exports.toStripe(), "cus_" + i, exports.stripe.units("cus_" + i));
      assertThat(exports.marketplace.records("1" + i)).isEqualTo(3);
      assertThat(exports.stripe.records("cus_" + i)).isEqualTo(3);
    }
  }
}
