package org.touchstone.payers.marketplace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.touchstone.domain.account.Payer;
import org.touchstone.payers.export.MeterExporter;
import org.touchstone.payers.export.MeterRecord;
import org.touchstone.payers.export.Outcome;
import org.touchstone.payers.http.Calls;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Tells usage to AWS Marketplace by {@code BatchMeterUsage}: up to 25 records of one product in a
 * call, with the buyer's AWS account and licence in each. A product without licences is named by
 * its code instead. The service knows a record by customer, licence, dimension and hour, so the
 * same record may be sent again. It refuses a whole call for one record: such a call is halved
 * until that record is alone.
 */
public final class MarketplaceExporter implements MeterExporter {
  private static final int MOST_RECORDS = 25;
  private static final int ATTEMPTS = 3;
  private static final String EXPIRED = "TimestampOutOfBoundsException";

  /** What one record of a call can be at fault for. */
  private static final Set<String> FAULTS_OF_A_RECORD =
      Set.of(
          EXPIRED,
          "InvalidLicenseException",
          "InvalidCustomerIdentifierException",
          "InvalidUsageDimensionException",
          "InvalidTagException",
          "InvalidUsageAllocationsException",
          "ValidationException");

  private final MeteringApi api;
  private final String dimension;
  private final long unitMicros;
  private final String currency;

  /**
   * @param dimension the product's dimension for usage
   * @param unitMicros its price, in millionths of the currency
   */
  public MarketplaceExporter(MeteringApi api, String dimension, long unitMicros, String currency) {
    this.api = api;
    this.dimension = dimension;
    this.unitMicros = unitMicros;
    this.currency = currency;
  }

  @Override
  public String name() {
    return "marketplace";
  }

  @Override
  public boolean serves(Payer payer) {
    return payer.marketplace() != null;
  }

  @Override
  public long unitMicros() {
    return unitMicros;
  }

  @Override
  public String currency() {
    return currency;
  }

  /** Records are refused six hours after their time; a minute is left for the call. */
  @Override
  public Duration acceptedFor() {
    return Duration.ofHours(6).minusMinutes(1);
  }

  @Override
  public Duration acceptedAfterEnd() {
    return Duration.ofHours(1);
  }

  @Override
  public List<Outcome> send(List<MeterRecord> records) {
    Map<MeterRecord, Outcome> outcomes = new HashMap<>();
    Map<String, List<MeterRecord>> calls = new LinkedHashMap<>();
    for (MeterRecord record : records) {
      Payer.Marketplace buyer = record.payer().marketplace();
      boolean licensed = buyer.licenseArn() != null;
      calls
          .computeIfAbsent(
              buyer.productCode() + (licensed ? "/licences" : ""), k -> new ArrayList<>())
          .add(record);
    }
    for (List<MeterRecord> ofProduct : calls.values()) {
      for (int i = 0; i < ofProduct.size(); i += MOST_RECORDS) {
        send(ofProduct.subList(i, Math.min(ofProduct.size(), i + MOST_RECORDS)), outcomes);
      }
    }
    return records.stream().map(outcomes::get).toList();
  }

  private void send(List<MeterRecord> call, Map<MeterRecord, Outcome> outcomes) {
    List<MeterRecord> left = call;
    for (int attempt = 0; attempt < ATTEMPTS && !left.isEmpty(); attempt++) {
      Calls.Answer answer;
      try {
        answer = api.call("BatchMeterUsage", request(left));
      } catch (IOException | SdkException e) {
        all(left, new Outcome.Unknown("there was no answer"), outcomes);
        return;
      }
      if (!answer.isOk()) {
        refused(left, answer, outcomes);
        return;
      }
      left = read(left, answer.body(), outcomes);
    }
    all(left, new Outcome.NotAccepted("AWS Marketplace left it unprocessed"), outcomes);
  }

  private void refused(
      List<MeterRecord> call, Calls.Answer answer, Map<MeterRecord, Outcome> outcomes) {
    String error = MeteringApi.error(answer);
    if (answer.isFault()) {
      all(call, new Outcome.Unknown(error), outcomes);
    } else if (!FAULTS_OF_A_RECORD.contains(error)) {
      all(call, new Outcome.NotAccepted(error), outcomes);
    } else if (call.size() > 1) {
      int half = call.size() / 2;
      send(call.subList(0, half), outcomes);
      send(call.subList(half, call.size()), outcomes);
    } else if (error.equals(EXPIRED)) {
      all(call, new Outcome.Expired(), outcomes);
    } else {
      all(call, new Outcome.NotAccepted(error), outcomes);
    }
  }

  /** Reads the outcomes in an answer; returns the records that are to be sent again. */
  private static List<MeterRecord> read(
      List<MeterRecord> call, JsonNode answer, Map<MeterRecord, Outcome> outcomes) {
    Map<String, JsonNode> results = new HashMap<>();
    answer.path("Results").forEach(result -> results.put(key(result.path("UsageRecord")), result));
    Set<String> unprocessed = new HashSet<>();
    answer.path("UnprocessedRecords").forEach(record -> unprocessed.add(key(record)));
    List<MeterRecord> again = new ArrayList<>();
    for (MeterRecord record : call) {
      String key = key(record.payer().marketplace());
      JsonNode result = results.get(key);
      if (result != null) {
        outcomes.put(record, outcome(result));
      } else if (unprocessed.contains(key)) {
        again.add(record);
      } else {
        outcomes.put(record, new Outcome.Unknown("the answer does not mention it"));
      }
    }
    return again;
  }

  private static Outcome outcome(JsonNode result) {
    return switch (result.path("Status").asText()) {
      case "Success" -> new Outcome.Accepted(result.path("MeteringRecordId").asText(""));
      case "DuplicateRecord" -> new Outcome.PlaceTaken();
      case "CustomerNotSubscribed" -> new Outcome.NotSubscribed();
      default -> new Outcome.Unknown("the answer has another status");
    };
  }

  private ObjectNode request(List<MeterRecord> call) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    Payer.Marketplace first = call.getFirst().payer().marketplace();
    if (first.licenseArn() == null) {
      request.put("ProductCode", first.productCode());
    }
    ArrayNode records = request.putArray("UsageRecords");
    for (MeterRecord record : call) {
      Payer.Marketplace buyer = record.payer().marketplace();
      ObjectNode usage = records.addObject();
      usage.put("Timestamp", record.at().getEpochSecond());
      usage.put("CustomerAWSAccountId", buyer.customerAwsAccountId());
      if (buyer.licenseArn() != null) {
        usage.put("LicenseArn", buyer.licenseArn());
      }
      usage.put("Dimension", dimension);
      usage.put("Quantity", record.quantity());
    }
    return request;
  }

  /** What tells a record of a call from the others. */
  private static String key(JsonNode record) {
    return record.path("CustomerAWSAccountId").asText("")
        + " "
        + record.path("LicenseArn").asText("");
  }

  private static String key(Payer.Marketplace buyer) {
    return buyer.customerAwsAccountId()
        + " "
        + (buyer.licenseArn() == null ? "" : buyer.licenseArn());
  }

  private static void all(
      List<MeterRecord> records, Outcome outcome, Map<MeterRecord, Outcome> outcomes) {
    records.forEach(record -> outcomes.put(record, outcome));
  }

  /** AWS Marketplace has no call that would say what it has. */
  @Override
  public Check check(MeterRecord record) {
    return Check.UNKNOWN;
  }

  @Override
  public Duration checkedAfter() {
    return null;
  }
}
