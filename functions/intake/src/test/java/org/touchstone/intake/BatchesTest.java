package org.touchstone.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.account.Scope;
import org.touchstone.storage.BatchStore;
import org.touchstone.storage.KeyStore;

/** Batches over HTTP. */
@QuarkusTest
@QuarkusTestResource(Aws.class)
class BatchesTest {
  private static final String LINKS = "https://example.org/a.jpg\r\nno link\r\n";

  @Inject KeyStore keys;
  @Inject BatchStore batches;
  private String key;
  private String other;

  @BeforeEach
  void makeKeys() {
    Set<Scope> scopes = Set.of(Scope.ANALYSE, Scope.READ);
    key = keys.create("local", "batches", scopes, Instant.now(), null).text().reveal();
    other = keys.create("other", "batches", scopes, Instant.now(), null).text().reveal();
  }

  private RequestSpecification as(String caller) {
    return given().header("x-api-key", caller);
  }

  private ValidatableResponse post(String type, Object body) {
    return as(key).contentType(type).body(body).post("/v1/batches").then();
  }

  @Test
  void acceptsATableAndNamesItsWrongLines() {
    ValidatableResponse response = post("text/csv; charset=utf-8", LINKS).statusCode(202);

    String id = response.extract().path("id");
    response
        .header("Location", equalTo("batches/" + id))
        .body("status", equalTo("running"))
        .body("counts.lines", equalTo(2))
        .body("counts.waiting", equalTo(1))
        .body("wrong.line", equalTo(List.of(2)))
        .body("wrong[0].problem.type", equalTo("link.invalid"));
    as(key).get("/v1/batches/" + id).then().statusCode(200).body("counts.wrong", equalTo(1));
    as(key).get("/v1/batches?limit=100").then().statusCode(200).body("items.id", hasItem(id));
    as(other)
        .get("/v1/batches/" + id)
        .then()
        .statusCode(404)
        .body("type", equalTo("urn:touchstone:problem:batch.not-found"));
    as(other).get("/v1/batches/" + id + "/results").then().statusCode(404);
    as(other).delete("/v1/batches/" + id).then().statusCode(404);
    as(other).get("/v1/batches").then().body("items", hasSize(0));
  }

  @Test
  void acceptsAThousandLinesWithinFiveSecondsAndRefusesTenThousand() {
    long start = System.nanoTime();
    post("text/csv", links(1000)).statusCode(202).body("counts.waiting", equalTo(1000));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));

    post("text/csv", links(10_000))
        .statusCode(422)
        .body("detail", startsWith("A batch has at most 1,000 lines"));
  }

  private static String links(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "https://example.org/" + i + ".jpg")
        .collect(Collectors.joining("\n"));
  }

  @Test
  void fiveMegabytesAreAcceptedHereAndNowhereElse() {
    String padding = " ".repeat(4_900_000);
    post("application/json", "[\"https://example.org/a.jpg\"" + padding + "]").statusCode(202);
    post("application/json", "[\"https://example.org/a.jpg\"" + padding + padding + "]")
        .statusCode(413);
    as(key)
        .contentType("application/json")
        .body("{\"url\": \"https://example.org/a.jpg\"" + " ".repeat(70_000) + "}")
        .post("/v1/analyses")
        .then()
        .statusCode(413);
    as(key).contentType("text/csv").body("x").post("/v1/analyses").then().statusCode(415);
    post("text/plain", LINKS).statusCode(415);
  }

  @Test
  void sameIdempotencyKeyGivesOneBatch() {
    RequestSpecification once =
        as(key).contentType("text/csv").header("Idempotency-Key", "monday").body(LINKS);
    String id = once.post("/v1/batches").then().statusCode(202).extract().path("id");

    once.post("/v1/batches").then().statusCode(202).body("id", equalTo(id));
    as(key)
        .contentType("text/csv")
        .header("Idempotency-Key", "monday")
        .body(LINKS + "https://example.org/b.jpg")
        .post("/v1/batches")
        .then()
        .body("type", equalTo("urn:touchstone:problem:request.idempotency-conflict"));
  }

  @Test
  void resultsAreAFileBehindALinkThatNeedsNoKey() throws Exception {
    String id = post("text/csv", LINKS).statusCode(202).extract().path("id");

    String csv =
        as(key).get("/v1/batches/" + id + "/results").then().statusCode(200).extract().path("url");
    String json =
        as(key).get("/v1/batches/" + id + "/results?format=json").then().extract().path("url");

    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> file =
          client.send(
              HttpRequest.newBuilder(URI.create(csv)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(file.statusCode()).isEqualTo(200);
      assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
          .startsWith("attachment");
      assertThat(file.body()).contains("1,https://example.org/a.jpg,waiting", "2,,wrong");
      assertThat(
              client
                  .send(
                      HttpRequest.newBuilder(URI.create(json)).build(),
                      HttpResponse.BodyHandlers.ofString())
                  .body())
          .contains("\"status\":\"waiting\"");
    }
    as(key).get("/v1/batches/" + id + "/results?format=xlsx").then().statusCode(400);
  }

  @Test
  void cancelledBatchSaysSo() {
    String id = post("text/csv", LINKS).statusCode(202).extract().path("id");

    as(key)
        .delete("/v1/batches/" + id)
        .then()
        .statusCode(200)
        .body("status", equalTo("cancelling"));
    assertThat(batches.isCancelled("local", id)).isTrue();
  }

  @Test
  void batchOfAnotherFormIsNotFound() {
    as(key).get("/v1/batches/..%2Fx").then().statusCode(404);
    as(key).get("/v1/batches?cursor=x").then().statusCode(400);
    as(key).get("/v1/batches?limit=101").then().statusCode(400);
  }
}
