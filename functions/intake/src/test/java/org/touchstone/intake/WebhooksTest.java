package org.touchstone.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.webhook.Attempt;
import org.touchstone.domain.webhook.DeliveryStatus;
import org.touchstone.domain.webhook.EventType;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.DeliveryStore;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.StoredDelivery;
import org.touchstone.storage.WebhookStore;

/** The routes of webhooks, held against the contract. */
@QuarkusTest
@QuarkusTestResource(Aws.class)
class WebhooksTest {
  private static final Contract CONTRACT = Contract.read();

  @Inject KeyStore keys;
  @Inject AccountStore accounts;
  @Inject WebhookStore webhooks;
  @Inject DeliveryStore deliveries;

  @Test
  void answersAboutWebhooksAsItSays() {
    accounts.open("local", "First", Instant.now());
    String path = "/v1/webhooks";
    String wish = "{\"url\": \"https://example.org/events\", \"description\": \"desk\"}";
    String id = hold("POST", path, json(as(Scope.ANALYSE), wish).post(path)).path("id");
    hold("POST", path, json(as(Scope.ANALYSE), "{\"url\": \"ftp://example.org\"}").post(path));
    hold("POST", path, json(as(Scope.READ), wish).post(path));
    hold("GET", path, as(Scope.READ).get(path));
    String nobody = "7".repeat(26);
    for (String webhook : List.of(id, nobody)) {
      String one = path + "/" + webhook;
      hold(
          "POST",
          path + "/{id}/rotate",
          json(as(Scope.ANALYSE), "{\"overlapSeconds\": 60}").post(one + "/rotate"));
      hold("POST", path + "/{id}/test", json(as(Scope.ANALYSE), "{}").post(one + "/test"));
      hold("GET", path + "/{id}/deliveries", as(Scope.READ).get(one + "/deliveries"));
    }
    hold(
        "POST",
        path + "/{id}/rotate",
        json(as(Scope.ANALYSE), "{\"overlapSeconds\": -1}").post(path + "/" + id + "/rotate"));
    hold(
        "POST",
        path + "/{id}/rotate",
        json(as(Scope.ANALYSE), "{}").post(path + "/callbacks/rotate"));
    hold("POST", path + "/{id}/test", json(as(Scope.ANALYSE), "{}").post(path + "/callbacks/test"));
    String event = "evt_" + "a".repeat(32);
    deliveries.create(
        new StoredDelivery(
                event,
                "local",
                id,
                EventType.ANALYSIS_COMPLETED,
                nobody,
                "https://example.org/events",
                "{}",
                List.of(id),
                DeliveryStatus.PENDING,
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                List.of())
            .failedOnce(new Attempt(Instant.EPOCH, 12L, 500, null), Instant.EPOCH.plusSeconds(5))
            .failedOnce(
                new Attempt(Instant.EPOCH, 9L, null, ProblemType.FETCH_TIMEOUT), Instant.EPOCH));
    Response listed =
        hold("GET", path + "/{id}/deliveries", as(Scope.READ).get(path + "/" + id + "/deliveries"));
    assertThat(listed.<String>path("deliveries[0].attempts[1].error")).isEqualTo("fetch.timeout");
    hold(
        "GET",
        path + "/{id}/deliveries",
        as(Scope.READ).get(path + "/" + id + "/deliveries?limit=0"));
    String retry = path + "/{id}/deliveries/{deliveryId}/retry";
    String deliveriesOfIt = path + "/" + id + "/deliveries/";
    hold("POST", retry, json(as(Scope.ANALYSE), "{}").post(deliveriesOfIt + event + "/retry"));
    hold("POST", retry, json(as(Scope.ANALYSE), "{}").post(deliveriesOfIt + "x/retry"));
    webhooks.end("local", id, Instant.now());
    hold("POST", retry, json(as(Scope.ANALYSE), "{}").post(deliveriesOfIt + event + "/retry"));
    hold("DELETE", path + "/{id}", as(Scope.ANALYSE).delete(path + "/" + id));
    hold("DELETE", path + "/{id}", as(Scope.ANALYSE).delete(path + "/" + id));
  }

  @Test
  void secretIsShownOnceAndIsNeitherListedNorAudited() {
    accounts.open("local", "First", Instant.now());
    Response made =
        json(as(Scope.ANALYSE), "{\"url\": \"https://example.org/token-of-desk\"}")
            .post("/v1/webhooks");
    String id = made.path("id");
    String secret = made.path("secret");

    assertThat(secret).startsWith("whsec_");
    assertThat(made.header("Cache-Control")).isEqualTo("no-store");
    as(Scope.READ).get("/v1/webhooks").then().body(not(containsString("whsec_")));
    as(Scope.ADMIN)
        .get("/v1/audit")
        .then()
        .body(containsString("webhook.created"))
        .body(containsString(id))
        .body(not(containsString("whsec_")))
        .body(not(containsString("token-of-desk")));
    as(Scope.ANALYSE).delete("/v1/webhooks/" + id);
  }

  @Test
  void webhooksOfAnotherAccountAreNotThere() {
    String other = accounts.create("Other", Instant.now(), new SecureRandom()).id();
    String id =
        webhooks
            .create(other, "https://example.org/", Set.of(), null, Instant.now())
            .webhook()
            .id();

    for (String path : List.of("/rotate", "/test")) {
      json(as(Scope.ANALYSE), "{}")
          .post("/v1/webhooks/" + id + path)
          .then()
          .statusCode(404)
          .body("code", equalTo("webhook.not-found"));
    }
    as(Scope.ANALYSE).delete("/v1/webhooks/" + id).then().statusCode(404);
    as(Scope.READ).get("/v1/webhooks/" + id + "/deliveries").then().statusCode(404);
  }

  @Test
  void refusesWhatIsNotAnEventToAskFor() {
    for (String events : List.of("[\"webhook.test\"]", "[\"other\"]", "[null]", "\"all\"")) {
      json(
              as(Scope.ANALYSE),
              "{\"url\": \"https://example.org/\", \"events\": %s}".formatted(events))
          .post("/v1/webhooks")
          .then()
          .statusCode(400);
    }
  }

  private RequestSpecification as(Scope scope) {
    return given()
        .header(
            "x-api-key",
            keys.create("local", "test", Set.of(scope), Instant.now(), null).text().reveal());
  }

  private static RequestSpecification json(RequestSpecification request, String body) {
    return request.contentType("application/json").body(body);
  }

  private static Response hold(String method, String path, Response answer) {
    CONTRACT.holds(method, path, answer);
    return answer;
  }
}
