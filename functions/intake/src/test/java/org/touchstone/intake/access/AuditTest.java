package org.touchstone.intake.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.Aws;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.KeyStore;

@QuarkusTest
@QuarkusTestResource(Aws.class)
class AuditTest {
  @Inject KeyStore keys;
  @Inject AccountStore accounts;

  private KeyStore.NewKey admin;

  @BeforeEach
  void makeKey() {
    accounts.open("local", "First", Instant.now());
    admin = keys.create("local", "test", Set.of(Scope.ADMIN), Instant.now(), null);
  }

  @Test
  void saysWhoDidWhatToKeysAndAccounts() {
    String account = post("/v1/accounts", "{\"name\": \"Newsroom\"}").path("id");
    post("/v1/accounts/" + account + "/suspend", "{}");
    post("/v1/accounts/" + account + "/resume", "{}");
    JsonPath key =
        post(
                "/v1/keys",
                "{\"accountId\": \"%s\", \"name\": \"desk\", \"scopes\": [\"read\"]}"
                    .formatted(account))
            .jsonPath();
    JsonPath next = post("/v1/keys/" + key.getString("id") + "/rotate", "{}").jsonPath();
    as(admin).delete("/v1/keys/" + key.getString("id")).then().statusCode(200);

    Response answer = as(admin).get("/v1/audit?limit=6");
    JsonPath log = answer.then().statusCode(200).extract().jsonPath();

    assertThat(log.<String>getList("items.action"))
        .containsExactly(
            "key.revoked",
            "key.rotated",
            "key.created",
            "account.resumed",
            "account.suspended",
            "account.created");
    assertThat(log.<String>getList("items.subject"))
        .containsExactly(
            key.getString("id"),
            key.getString("id"),
            key.getString("id"),
            account,
            account,
            account);
    assertThat(log.<String>getList("items.keyId")).containsOnly(admin.key().id());
    assertThat(log.<String>getList("items.accountId")).containsOnly("local");
    assertThat(log.getString("items[1].detail")).isEqualTo("successor " + next.getString("id"));
    assertThat(log.getString("items[2].detail"))
        .isEqualTo("account " + account + ", scopes read: desk");
    assertThat(answer.asString())
        .doesNotContain(key.getString("secret"), next.getString("secret"), "tsk_");
  }

  @Test
  void showsPagesAndDaysToAdministratorsOnly() {
    post("/v1/accounts", "{\"name\": \"A\"}");
    post("/v1/accounts", "{\"name\": \"B\"}");
    JsonPath first = as(admin).get("/v1/audit?limit=1").jsonPath();
    JsonPath second =
        as(admin).get("/v1/audit?limit=1&cursor=" + first.getString("nextCursor")).jsonPath();
    assertThat(first.getString("items[0].detail")).isEqualTo("B");
    assertThat(second.getString("items[0].detail")).isEqualTo("A");
    assertThat(as(admin).get("/v1/audit?to=2001-01-01").<List<?>>path("items")).isEmpty();
    assertThat(as(admin).get("/v1/audit?from=2001-01-01").<List<?>>path("items")).isNotEmpty();
    for (String wrong : List.of("limit=0", "limit=x", "from=1", "to=-9999-01-01", "cursor=..")) {
      as(admin).get("/v1/audit?" + wrong).then().statusCode(400);
    }
    for (Scope scope : List.of(Scope.ANALYSE, Scope.READ, Scope.LABEL)) {
      KeyStore.NewKey other = keys.create("local", "t", Set.of(scope), Instant.now(), null);
      as(other).get("/v1/audit").then().statusCode(403);
    }
  }

  private Response post(String path, String json) {
    return as(admin).contentType("application/json").body(json).post(path);
  }

  private static io.restassured.specification.RequestSpecification as(KeyStore.NewKey key) {
    return given().header("x-api-key", key.text().reveal());
  }
}
