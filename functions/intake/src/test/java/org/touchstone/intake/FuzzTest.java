package org.touchstone.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Json;
import org.touchstone.domain.account.Scope;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.KeyStore;

/**
 * Sends every operation of the contract what nobody should send. Whatever it is, it is the caller's
 * fault and never the system's: each refusal is a problem with a type, and none repeats the key.
 */
@QuarkusTest
@QuarkusTestResource(Aws.class)
class FuzzTest {
  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");
  private static final Pattern TYPE = Pattern.compile("urn:[a-z0-9-]+:.+|https?://.+|about:blank");

  private static final String UNKNOWN = "not-a-key-of-ours";

  /** Three of these fit into an address that reaches the function. */
  private static final String LONG = "a".repeat(1200);

  /** Values of parameters, in an address percent-encoded. */
  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          ".",
          "..",
          "../../roster.json",
          "a/b",
          "0",
          "-1",
          "99999999999999999999",
          "1e9",
          "NaN",
          "2026-02-30",
          "+1000000000-01-01",
          "null",
          "\u0000",
          "\r\nX-Injected: 1",
          "\ufeff",
          "\ud83d\ude00",
          "${jndi:ldap://a.example/b}",
          "' OR 1=1 --",
          "<script>alert(1)</script>",
          "%",
          "7".repeat(26),
          "z".repeat(26),
          "a".repeat(64),
          LONG);

  /** Values of fields, in JSON. */
  private static final List<String> FIELDS =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e400",
          "123456789012345678901234567890",
          "[]",
          "[null]",
          "[[[]]]",
          "[\"a\", 1]",
          "{}",
          "{\"a\": null}",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\ufeffa\"",
          "\"../../access\"",
          "\"9999-12-31T23:59:60Z\"",
          "\"+999999999-12-31T23:59:59Z\"",
          "\"https://user:secret@example.org/\"",
          "\"" + LONG + "\"");

  @Inject KeyStore keys;
  @Inject AccountStore accounts;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private String key;
  private int sent;

  /** An account that asks too often would only be told so. */
  private static final int REQUESTS_OF_A_KEY = 200;

  private static int made;

  @BeforeEach
  void makeAKeyForEverything() {
    String account = "fuzz-" + made++;
    accounts.open(account, "Fuzz", Instant.now());
    key = keys.create(account, "fuzz", Set.of(Scope.ADMIN), Instant.now(), null).text().reveal();
  }

  @Test
  void malformedAddressesAreProblems() throws Exception {
    for (Contract.Operation operation : Contract.read().details()) {
      for (String value : VALUES) {
        String path = PARAMETER.matcher(operation.path()).replaceAll(quoted(value));
        if (operation.path().contains("{")) {
          send(operation.method(), path, empty(operation), "application/json");
        }
        for (String name : operation.query()) {
          send(
              operation.method(),
              filled(operation) + "?" + name + "=" + encoded(value),
              empty(operation),
              "application/json");
        }
      }
      for (String name : operation.query()) {
        send(
            operation.method(),
            filled(operation) + "?" + name + "=a&" + name + "=b&" + name,
            empty(operation),
            "application/json");
      }
    }
    assertThat(sent).isGreaterThan(VALUES.size());
  }

  @Test
  void malformedHeadersAreProblems() throws Exception {
    for (Contract.Operation operation : Contract.read().details()) {
      for (String name : operation.headers()) {
        for (String value : List.of("", " ", "\"", "W/", "*,*", ",,,", LONG, "\u00e9")) {
          send(
              operation.method(),
              filled(operation),
              empty(operation),
              "application/json",
              name,
              value);
        }
      }
    }
  }

  @Test
  void methodsThatAreNotThereAreProblems() throws Exception {
    Set<String> there = Contract.read().operations();
    for (Contract.Operation operation : Contract.read().details()) {
      for (String method : List.of("PUT", "PATCH", "DELETE", "POST", "GET", "BREW")) {
        if (!there.contains(method + " " + operation.path())) {
          HttpResponse<String> answer =
              send(method, filled(operation), new byte[] {'{', '}'}, "application/json");
          assertThat(answer.statusCode()).as(method + " " + operation.path()).isBetween(400, 499);
        }
      }
    }
  }

  @Test
  void bodiesThatAreNotWhatIsExpectedAreProblems() throws Exception {
    for (Contract.Operation operation : Contract.read().details()) {
      for (String type : operation.bodies().keySet()) {
        for (byte[] body : malformed()) {
          send(operation.method(), filled(operation), body, type);
        }
        JsonNode schema = operation.bodies().get(type);
        for (String field : fields(schema)) {
          for (String value : FIELDS) {
            send(
                operation.method(),
                filled(operation),
                bytes("{\"" + field + "\": " + value + "}"),
                "application/json");
          }
        }
      }
    }
  }

  @Test
  void bodiesThatAreTooLargeAreRefused() throws Exception {
    byte[] large = new byte[6 * 1024 * 1024];
    Arrays.fill(large, (byte) ' ');
    for (Contract.Operation operation : Contract.read().details()) {
      for (String type : operation.bodies().keySet()) {
        HttpResponse<String> answer = send(operation.method(), filled(operation), large, type);
        assertThat(answer.statusCode()).as(operation.path()).isEqualTo(413);
      }
    }
  }

  @Test
  void withoutAKeyEveryMalformedRequestIsStillRefused() throws Exception {
    key = UNKNOWN;
    for (Contract.Operation operation : Contract.read().details()) {
      HttpResponse<String> answer =
          send(operation.method(), filled(operation), empty(operation), "application/json");
      assertThat(answer.statusCode()).as(operation.path()).isLessThan(500);
    }
  }

  private static List<byte[]> malformed() throws IOException {
    List<byte[]> bodies = new ArrayList<>();
    for (String body :
        List.of(
            "",
            " ",
            "\u0000",
            "{",
            "}",
            "null",
            "[]",
            "\"\"",
            "1",
            "1e400",
            "NaN",
            "{\"a\":}",
            "{\"a\": 1, \"a\": 2}",
            "{\"\\ud800\": 1}",
            "{} {}",
            "[".repeat(5000),
            "{\"a\":".repeat(5000),
            "{\"" + LONG + "\": 1}",
            "// comment\n{}",
            "url,options\r\n=1+1,\"",
            "\ufeff{}")) {
      bodies.add(bytes(body));
    }
    bodies.add(new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0, '}', 0});
    bodies.add(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'});
    bodies.add("{\"a\": 1}".getBytes(StandardCharsets.UTF_16));
    ByteArrayOutputStream digits = new ByteArrayOutputStream();
    digits.write(bytes("{\"bytes\": "));
    digits.write("9".repeat(50_000).getBytes(StandardCharsets.US_ASCII));
    digits.write('}');
    bodies.add(digits.toByteArray());
    return bodies;
  }

  private static List<String> fields(JsonNode schema) {
    List<String> names = new ArrayList<>();
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The path with ids that are well formed, and of nothing. */
  private static String filled(Contract.Operation operation) {
    return PARAMETER.matcher(operation.path()).replaceAll("7".repeat(26));
  }

  private static byte[] empty(Contract.Operation operation) {
    return Set.of("POST", "PUT", "PATCH").contains(operation.method()) ? bytes("{}") : new byte[0];
  }

  private static String quoted(String value) {
    return Matcher.quoteReplacement(encoded(value));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(
      String method, String path, byte[] body, String type, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .header("x-api-key", key)
            .header("Content-Type", type);
    if (headers.length > 0) {
      try {
        request.headers(headers);
      } catch (IllegalArgumentException e) {
        // This client does not send such a header.
        return null;
      }
    }
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    String used = key;
    if (++sent % REQUESTS_OF_A_KEY == 0 && !key.equals(UNKNOWN)) {
      makeAKeyForEverything();
    }
    String what =
        answer.statusCode()
            + " to "
            + method
            + " "
            + path
            + " "
            + new String(body, 0, Math.min(body.length, 80));
    assertThat(answer.statusCode()).as(what).isBetween(200, 499).isNotEqualTo(429);
    assertThat(answer.body()).as(what).doesNotContain(used);
    if (path.startsWith("/api/") && answer.statusCode() != 401) {
      // These paths answer as another service's did.
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).as(what).contains("json");
    } else if (answer.statusCode() >= 400) {
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .as(what)
          .startsWith("application/problem+json");
      JsonNode problem = Json.mapper().readTree(answer.body());
      assertThat(problem.path("type").asText()).as(what).matches(TYPE);
      assertThat(problem.path("status").asInt()).as(what).isEqualTo(answer.statusCode());
      assertThat(problem.path("title").asText()).as(what).isNotBlank();
    }
    return answer;
  }
}
