package org.touchstone.payers.marketplace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.touchstone.domain.Json;

/**
 * The AWS Marketplace Metering Service as it is documented: a record is known by product or
 * licence, customer, dimension and hour; the same again is a success, another quantity a duplicate;
 * one bad record refuses the whole call; records may be left unprocessed.
 */
public final class FakeMarketplace implements AutoCloseable {
  private static final Duration ACCEPTED = Duration.ofHours(6);

  private final InstantSource clock;
  private final HttpServer server;
  private final Map<String, Long> records = new HashMap<>();
  private final Map<String, ObjectNode> tokens = new HashMap<>();
  private final Set<String> unsubscribed = new HashSet<>();
  private final Set<String> badTimestamps = new HashSet<>();
  private final List<JsonNode> calls = new ArrayList<>();
  private int leaveUnprocessed;
  private int faults;

  public FakeMarketplace(InstantSource clock) {
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What is billed to a customer, in units. */
  public synchronized long units(String customer) {
    return records.entrySet().stream()
        .filter(record -> record.getKey().startsWith(customer + " "))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** How many records a customer has. */
  public synchronized long records(String customer) {
    return records.keySet().stream().filter(key -> key.startsWith(customer + " ")).count();
  }

  public synchronized List<JsonNode> calls() {
    return List.copyOf(calls);
  }

  /** A record that somebody else sent. */
  public synchronized void foreign(
      String customer, String licence, String dimension, Instant hour) {
    records.put(key(customer, licence, dimension, hour), 999_999L);
  }

  public synchronized void leaveUnprocessed(int recordsOfNextCalls) {
    leaveUnprocessed = recordsOfNextCalls;
  }

  public synchronized void unsubscribe(String customer) {
    unsubscribed.add(customer);
  }

  /** Refuses all times of a customer. */
  public synchronized void refuseTimesOf(String customer) {
    badTimestamps.add(customer);
  }

  /** The next calls are done and then answered with a fault. */
  public synchronized void faults(int number) {
    faults = number;
  }

  public synchronized void token(
      String token, String customer, String licence, String product, String identifier) {
    ObjectNode resolved = Json.mapper().createObjectNode();
    resolved.put("CustomerAWSAccountId", customer);
    resolved.put("CustomerIdentifier", identifier);
    resolved.put("ProductCode", product);
    if (licence != null) {
      resolved.put("LicenseArn", licence);
    }
    tokens.put(token, resolved);
  }

  private static String key(String customer, String licence, String dimension, Instant at) {
    return customer + " " + licence + " " + dimension + " " + at.truncatedTo(ChronoUnit.HOURS);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    JsonNode request = Json.mapper().readTree(exchange.getRequestBody());
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (authorization == null
        || !authorization.startsWith("AWS4-HMAC-SHA256 ")
        || !authorization.contains("/aws-marketplace/aws4_request")) {
      error(exchange, 400, "MissingAuthenticationTokenException");
    } else if (target.equals("AWSMPMeteringService.ResolveCustomer")) {
      resolve(exchange, request.path("RegistrationToken").asText());
    } else if (target.equals("AWSMPMeteringService.BatchMeterUsage")) {
      meter(exchange, request);
    } else {
      error(exchange, 400, "UnknownOperationException");
    }
  }

  private void resolve(HttpExchange exchange, String token) throws IOException {
    if (token.startsWith("expired")) {
      error(exchange, 400, "ExpiredTokenException");
    } else if (tokens.containsKey(token)) {
      answer(exchange, 200, tokens.get(token));
    } else {
      error(exchange, 400, "com.amazonaws.marketplace#InvalidTokenException");
    }
  }

  private void meter(HttpExchange exchange, JsonNode request) throws IOException {
    calls.add(request);
    JsonNode usage = request.path("UsageRecords");
    if (usage.isEmpty() || usage.size() > 25) {
      error(exchange, 400, "ValidationException");
      return;
    }
    for (JsonNode record : usage) {
      Instant at = Instant.ofEpochSecond(record.path("Timestamp").asLong());
      boolean old = !at.plus(ACCEPTED).isAfter(clock.instant());
      if (old
          || at.isAfter(clock.instant())
          || badTimestamps.contains(record.path("CustomerAWSAccountId").asText())) {
        error(exchange, 400, "TimestampOutOfBoundsException");
        return;
      }
      if (record.has("LicenseArn") == request.has("ProductCode")) {
        error(exchange, 400, "InvalidLicenseException");
        return;
      }
    }
    ObjectNode answer = Json.mapper().createObjectNode();
    ArrayNode results = answer.putArray("Results");
    ArrayNode unprocessed = answer.putArray("UnprocessedRecords");
    for (JsonNode record : usage) {
      if (leaveUnprocessed > 0) {
        leaveUnprocessed--;
        unprocessed.add(record);
      } else {
        results.add(result(record));
      }
    }
    if (faults > 0) {
      faults--;
      error(exchange, 500, "InternalServiceErrorException");
      return;
    }
    answer(exchange, 200, answer);
  }

  private ObjectNode result(JsonNode record) {
    ObjectNode result = Json.mapper().createObjectNode();
    result.set("UsageRecord", record);
    String customer = record.path("CustomerAWSAccountId").asText();
    String key =
        key(
            customer,
            record.path("LicenseArn").asText(),
            record.path("Dimension").asText(),
            Instant.ofEpochSecond(record.path("Timestamp").asLong()));
    long quantity = record.path("Quantity").asLong();
    Long before = records.get(key);
    if (unsubscribed.contains(customer)) {
      result.put("Status", "CustomerNotSubscribed");
    } else if (before != null && before != quantity) {
      result.put("Status", "DuplicateRecord");
    } else {
      records.put(key, quantity);
      result.put("MeteringRecordId", "record-" + records.size());
      result.put("Status", "Success");
    }
    return result;
  }

  private static void error(HttpExchange exchange, int status, String type) throws IOException {
    answer(exchange, status, Json.mapper().createObjectNode().put("__type", type));
  }

  private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = Json.bytes(body);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
