package org.touchstone.payers.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.touchstone.domain.Json;

/**
 * Stripe's API as it is documented: meter events are accepted before they are looked at, their
 * identifiers prevent doubles for 24 hours and no longer, and summaries show what counts.
 */
public final class FakeStripe implements AutoCloseable {
  public static final String KEY = "sk_test_of_the_operator";
  private static final Duration REMEMBERED = Duration.ofHours(24);

  private final InstantSource clock;
  private final HttpServer server;
  private final Map<String, Instant> identifiers = new HashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private final Map<String, JsonNode> objects = new HashMap<>();
  private int faults;

  private record Event(String customer, Instant at, long value) {}

  public FakeStripe(InstantSource clock) {
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
    return events.stream().filter(e -> e.customer().equals(customer)).mapToLong(Event::value).sum();
  }

  public synchronized long records(String customer) {
    return events.stream().filter(e -> e.customer().equals(customer)).count();
  }

  /** Accepts a customer's events and then refuses them, until told otherwise. */
  public synchronized void refuseLater(String customer, boolean whether) {
    if (whether) {
      refused.add(customer);
    } else {
      refused.remove(customer);
    }
  }

  /** The next events are accepted and then answered with a fault. */
  public synchronized void faults(int number) {
    faults = number;
  }

  /** An object that can be read at a path. */
  public synchronized void put(String path, String json) {
    try {
      objects.put(path, Json.mapper().readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 401, error("invalid_request_error", "Invalid API Key provided"));
    } else if (path.equals("/v1/billing/meter_events")) {
      meter(exchange, fields(body));
    } else if (path.endsWith("/event_summaries")) {
      summarise(exchange, fields(exchange.getRequestURI().getRawQuery()));
    } else if (objects.containsKey(exchange.getRequestURI().toString())) {
      answer(exchange, 200, objects.get(exchange.getRequestURI().toString()));
    } else if (objects.containsKey(path)) {
      answer(exchange, 200, objects.get(path));
    } else {
      answer(exchange, 404, error("resource_missing", "No such object"));
    }
  }

  private void meter(HttpExchange exchange, Map<String, String> event) throws IOException {
    String identifier = event.get("identifier");
    Instant at = Instant.ofEpochSecond(Long.parseLong(event.get("timestamp")));
    Instant known = identifiers.get(identifier);
    if (at.isBefore(clock.instant().minus(Duration.ofDays(35)))
        || at.isAfter(clock.instant().plus(Duration.ofMinutes(5)))) {
      answer(exchange, 400, error("timestamp_too_far_in_past", "The timestamp is too old"));
      return;
    }
    if (known != null && clock.instant().isBefore(known.plus(REMEMBERED))) {
      answer(
          exchange,
          400,
          error(null, "An event already exists with identifier " + identifier + "."));
      return;
    }
    identifiers.put(identifier, clock.instant());
    String customer = event.get("payload[stripe_customer_id]");
    if (!refused.contains(customer)) {
      events.add(new Event(customer, at, Long.parseLong(event.get("payload[value]"))));
    }
    if (faults > 0) {
      faults--;
      answer(exchange, 500, error("api_error", "Something went wrong"));
      return;
    }
    answer(exchange, 200, Json.mapper().createObjectNode().put("identifier", identifier));
  }

  private void summarise(HttpExchange exchange, Map<String, String> query) throws IOException {
    Instant from = Instant.ofEpochSecond(Long.parseLong(query.get("start_time")));
    Instant to = Instant.ofEpochSecond(Long.parseLong(query.get("end_time")));
    if (from.getEpochSecond() % 60 != 0 || to.getEpochSecond() % 60 != 0) {
      answer(exchange, 400, error("invalid_request_error", "not aligned with minutes"));
      return;
    }
    long sum =
        events.stream()
            .filter(e -> e.customer().equals(query.get("customer")))
            .filter(e -> !e.at().isBefore(from) && e.at().isBefore(to))
            .mapToLong(Event::value)
            .sum();
    ObjectNode answer = Json.mapper().createObjectNode();
    answer.putArray("data").addObject().put("aggregated_value", (double) sum);
    answer(exchange, 200, answer);
  }

  static Map<String, String> fields(String form) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : form.split("&")) {
      int equals = field.indexOf('=');
      fields.put(decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode error(String code, String message) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.putObject("error").put("code", code).put("message", message);
    return body;
  }

  private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = Json.bytes(body);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
