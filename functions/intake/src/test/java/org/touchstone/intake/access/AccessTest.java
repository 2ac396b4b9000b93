package org.touchstone.intake.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.account.Account;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.Aws;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.KeyStore;

@QuarkusTest
@QuarkusTestResource(Aws.class)
class AccessTest {
  private static final String LINK = "{\"url\":\"https://example.org/photo.jpg\"}";

  @Inject KeyStore keys;
  @Inject AccountStore accounts;

  private Account account;

  @BeforeEach
  void openAccount() {
    account = accounts.open("local", "First", Instant.now());
  }

  @Test
  void asksForAKey() {
    problem(given().get("/v1/analyses").then(), 401, "key.missing")
        .header("WWW-Authenticate", containsString("Bearer"));
    problem(body(given(), LINK).post("/v1/analyses").then(), 401, "key.missing");
  }

  @Test
  void refusesAMistypedKey() {
    String key = key(Scope.READ);
    String mistyped = key.substring(0, key.length() - 1) + (key.endsWith("0") ? "1" : "0");
    problem(given().header("x-api-key", mistyped).get("/v1/analyses").then(), 401, "key.invalid");
  }

  @Test
  void acceptsAKeyInEitherHeader() {
    String key = key(Scope.READ);
    given().header("x-api-key", key).get("/v1/analyses").then().statusCode(200);
    given().header("Authorization", "Bearer " + key).get("/v1/analyses").then().statusCode(200);
  }

  @Test
  void letsAReaderReadOnly() {
    RequestSpecification reader = with(key(Scope.READ));
    reader.get("/v1/analyses").then().statusCode(200);
    problem(body(with(key(Scope.READ)), LINK).post("/v1/analyses").then(), 403, "key.scope");
    problem(with(key(Scope.READ)).get("/v1/keys?accountId=local").then(), 403, "key.scope");
    problem(with(key(Scope.ANALYSE)).get("/v1/accounts").then(), 403, "key.scope");
  }

  @Test
  void keepsAnAccountsAnalysesWhenItsKeyChanges() {
    String first = key(Scope.ANALYSE);
    String id = body(with(first), LINK).post("/v1/analyses").then().extract().path("id");

    with(key(Scope.READ)).get("/v1/analyses/" + id).then().statusCode(200);
    with(key(Scope.READ)).get("/v1/analyses").then().body("items.id", hasItem(id));
  }

  @Test
  void sharesIdempotencyAmongTheKeysOfAnAccount() {
    String one =
        body(with(key(Scope.ANALYSE)), LINK)
            .header("Idempotency-Key", "shared")
            .post("/v1/analyses")
            .then()
            .extract()
            .path("id");
    String other =
        body(with(key(Scope.ANALYSE)), LINK)
            .header("Idempotency-Key", "shared")
            .post("/v1/analyses")
            .then()
            .extract()
            .path("id");
    assertThat(one).isEqualTo(other);
  }

  @Test
  void hidesAnalysesOfOtherAccounts() {
    String id =
        body(with(key(Scope.ANALYSE)), LINK).post("/v1/analyses").then().extract().path("id");
    String stranger =
        keys.create("stranger", "test", Set.of(Scope.ADMIN), Instant.now(), null).text().reveal();

    problem(with(stranger).get("/v1/analyses/" + id).then(), 404, "analysis.not-found");
    with(stranger).get("/v1/analyses").then().body("items.id", not(hasItem(id)));
  }

  @Test
  void anAdministratorManagesAccountsAndKeys() {
    String admin = key(Scope.ADMIN);
    String newsroom =
        body(with(admin), "{\"name\": \"Newsroom\"}")
            .post("/v1/accounts")
            .then()
            .statusCode(201)
            .body("name", equalTo("Newsroom"))
            .extract()
            .path("id");
    with(admin).get("/v1/accounts").then().body("accounts.id", hasItem(newsroom));

    JsonPath made =
        body(
                with(admin),
                "{\"accountId\": \"%s\", \"name\": \"bot\", \"scopes\": [\"analyse\"]}"
                    .formatted(newsroom))
            .post("/v1/keys")
            .then()
            .statusCode(201)
            .header("Cache-Control", "no-store")
            .body("id", notNullValue())
            .extract()
            .jsonPath();
    with(made.getString("secret")).get("/v1/analyses").then().body("items", hasSize(0));
    with(admin)
        .get("/v1/keys?accountId=" + newsroom)
        .then()
        .body("keys.id", hasItem(made.getString("id")))
        .body("keys[0].secret", nullValue())
        .body("keys[0].sha256", nullValue());

    JsonPath next =
        body(with(admin), "{\"overlapSeconds\": 60}")
            .post("/v1/keys/" + made.getString("id") + "/rotate")
            .then()
            .statusCode(201)
            .extract()
            .jsonPath();
    with(next.getString("secret")).get("/v1/analyses").then().statusCode(200);

    with(admin)
        .delete("/v1/keys/" + next.getString("id"))
        .then()
        .statusCode(200)
        .body("revokedAt", notNullValue());
  }

  @Test
  void aSuspendedAccountIsRefusedUntilItIsResumed() {
    String admin = key(Scope.ADMIN);
    Account late = accounts.create("Late payer", Instant.now(), new SecureRandom());
    String path = "/v1/accounts/" + late.id();
    body(with(admin), "{}").post(path + "/suspend").then().body("suspendedAt", notNullValue());
    String key =
        keys.create(late.id(), "test", Set.of(Scope.READ), Instant.now(), null).text().reveal();
    problem(with(key).get("/v1/analyses").then(), 403, "account.suspended");

    body(with(admin), "{}").post(path + "/resume").then().body("suspendedAt", nullValue());
    String next =
        keys.create(late.id(), "test", Set.of(Scope.READ), Instant.now(), null).text().reveal();
    with(next).get("/v1/analyses").then().statusCode(200);
    problem(body(with(key(Scope.READ)), "{}").post(path + "/suspend").then(), 403, "key.scope");
  }

  @Test
  void refusesWrongRequestsForKeysByName() {
    String admin = key(Scope.ADMIN);
    for (String wrong :
        new String[] {
          "{}",
          "{\"accountId\": \"local\", \"name\": \"a\", \"scopes\": []}",
          "{\"accountId\": \"local\", \"name\": \"a\", \"scopes\": [null]}",
          "{\"accountId\": \"local\", \"name\": \"a\", \"scopes\": [\"root\"]}",
          "{\"accountId\": \"local\", \"name\": \" \", \"scopes\": [\"read\"]}",
          "{\"accountId\": \"local\", \"name\": \"a\", \"scopes\": [\"read\"],"
              + " \"expiresAt\": \"2001-01-01T00:00:00Z\"}"
        }) {
      problem(body(with(admin), wrong).post("/v1/keys").then(), 400, "request.invalid");
    }
    problem(
        body(with(admin), "{\"accountId\": \"../x\", \"name\": \"a\", \"scopes\": [\"read\"]}")
            .post("/v1/keys")
            .then(),
        404,
        "account.not-found");
    problem(with(admin).delete("/v1/keys/0000000000000").then(), 404, "key.not-found");
    problem(with(admin).delete("/v1/keys/..%2F..%2Froster").then(), 404, null);
  }

  private String key(Scope scope) {
    return keys.create(account.id(), "test", Set.of(scope), Instant.now(), null).text().reveal();
  }

  private static RequestSpecification with(String key) {
    return given().header("x-api-key", key);
  }

  private static RequestSpecification body(RequestSpecification request, String json) {
    return request.contentType("application/json").body(json);
  }

  private static ValidatableResponse problem(
      ValidatableResponse response, int status, String code) {
    response.statusCode(status).contentType(containsString("application/problem+json"));
    return code == null ? response : response.body("code", equalTo(code));
  }
}
