package org.touchstone.payers.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.domain.account.Payer;
import org.touchstone.payers.export.MeterExporter;
import org.touchstone.payers.export.MeterRecord;
import org.touchstone.payers.export.Outcome;
import org.touchstone.payers.http.Calls;

/**
 * Tells usage to Stripe as meter events. An event's identifier prevents doubles for a day only, so
 * a record that was first sent longer ago is looked up before it is sent again: the meter's summary
 * of the customer's minute has nothing else in it. Stripe accepts an event before it looks at it;
 * after a day, when the summaries have caught up, each record is looked up once.
 */
public final class StripeExporter implements MeterExporter {
  /** Stripe keeps identifiers for 24 hours at least; an hour is left for clocks that differ. */
  private static final Duration IDENTIFIERS_KEPT = Duration.ofHours(23);

  private static final int SECONDS_OF_A_MINUTE = 60;
  private static final int BAD_REQUEST = 400;
  private static final String REPEATED = "already exists with identifier";
  private static final String TOO_OLD = "timestamp_too_far_in_past";

  private final StripeApi api;
  private final Meter meter;
  private final InstantSource clock;

  /**
   * The operator's meter, which sums values by customer.
   *
   * @param id such as {@code mtr_61Q8n}
   * @param eventName the name of its events
   * @param unitMicros the price of a unit, in millionths of the currency
   * @param currency ISO 4217
   */
  public record Meter(String id, String eventName, long unitMicros, String currency) {}

  public StripeExporter(StripeApi api, Meter meter, InstantSource clock) {
    this.api = api;
    this.meter = meter;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "stripe";
  }

  @Override
  public boolean serves(Payer payer) {
    return payer.stripe() != null;
  }

  @Override
  public long unitMicros() {
    return meter.unitMicros();
  }

  @Override
  public String currency() {
    return meter.currency();
  }

  /** Stripe accepts events of the last 35 days; a day is left. */
  @Override
  public Duration acceptedFor() {
    return Duration.ofDays(34);
  }

  @Override
  public Duration acceptedAfterEnd() {
    return Duration.ofHours(1);
  }

  @Override
  public List<Outcome> send(List<MeterRecord> records) {
    return records.stream().map(this::send).toList();
  }

  private Outcome send(MeterRecord record) {
    Instant now = clock.instant();
    if (record.triedAt() != null && record.triedAt().plus(IDENTIFIERS_KEPT).isBefore(now)) {
      switch (check(record)) {
        case COUNTS -> {
          return new Outcome.Accepted(record.identifier());
        }
        case OTHER -> {
          return new Outcome.Contradictory("Stripe has another quantity for its minute");
        }
        case UNKNOWN -> {
          return new Outcome.Unknown("Stripe does not say whether it has it");
        }
        case MISSING -> {
          // It is sent below.
        }
      }
    }
    Map<String, String> event = new LinkedHashMap<>();
    event.put("event_name", meter.eventName());
    event.put("identifier", record.identifier());
    event.put("timestamp", String.valueOf(record.at().getEpochSecond()));
    event.put("payload[stripe_customer_id]", record.payer().stripe().customerId());
    event.put("payload[value]", String.valueOf(record.quantity()));
    try {
      return outcome(record, api.post("/v1/billing/meter_events", event));
    } catch (IOException e) {
      return new Outcome.Unknown("there was no answer");
    }
  }

  private static Outcome outcome(MeterRecord record, Calls.Answer answer) {
    JsonNode error = answer.body().path("error");
    if (answer.isOk()) {
      return new Outcome.Accepted(record.identifier());
    }
    if (answer.isFault()) {
      return new Outcome.Unknown("Stripe answers with status " + answer.status());
    }
    if (answer.status() == BAD_REQUEST && error.path("message").asText().contains(REPEATED)) {
      return new Outcome.Accepted(record.identifier());
    }
    if (error.path("code").asText().equals(TOO_OLD)) {
      return new Outcome.Expired();
    }
    return new Outcome.NotAccepted(
        "Stripe answers with status %d %s"
            .formatted(answer.status(), error.path("code").asText(error.path("type").asText())));
  }

  /** Asks for the meter's summary of the minute that the record is alone in. */
  @Override
  public Check check(MeterRecord record) {
    long at = record.at().getEpochSecond();
    long minute = at - Math.floorMod(at, SECONDS_OF_A_MINUTE);
    try {
      Calls.Answer answer =
          api.get(
              "/v1/billing/meters/" + meter.id() + "/event_summaries",
              Map.of(
                  "customer", record.payer().stripe().customerId(),
                  "start_time", String.valueOf(minute),
                  "end_time", String.valueOf(minute + SECONDS_OF_A_MINUTE)));
      if (!answer.isOk() || !answer.body().path("data").isArray()) {
        return Check.UNKNOWN;
      }
      BigDecimal sum = BigDecimal.ZERO;
      for (JsonNode summary : answer.body().path("data")) {
        sum = sum.add(summary.path("aggregated_value").decimalValue());
      }
      if (sum.signum() == 0) {
        return Check.MISSING;
      }
      return sum.compareTo(BigDecimal.valueOf(record.quantity())) == 0 ? Check.COUNTS : Check.OTHER;
    } catch (IOException e) {
      return Check.UNKNOWN;
    }
  }

  @Override
  public Duration checkedAfter() {
    return Duration.ofHours(25);
  }
}
