package org.touchstone.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.account.Scope;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.ObjectStore;

/** A result is private until its account shares it, and shows no more than it should. */
@QuarkusTest
@QuarkusTestResource(Aws.class)
class ShareTest {
  private static final String SHA256 = "ab".repeat(32);

  @Inject AnalysisStore analyses;
  @Inject KeyStore keys;
  @Inject ObjectStore objects;

  private String account;

  @BeforeEach
  void newAccount() {
    account = "a" + UUID.randomUUID().toString().replace("-", "");
  }

  private RequestSpecification as(String accountId, Scope scope) {
    return given()
        .header(
            "x-api-key",
            keys.create(accountId, "test", Set.of(scope), Instant.now(), null).text().reveal())
        .contentType("application/json");
  }

  private RequestSpecification owner() {
    return as(account, Scope.ANALYSE);
  }

  private String judged() {
    String id =
        owner()
            .body("{\"url\":\"https://example.org/photo.jpg\"}")
            .post("/v1/analyses")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    MediaItem item = MediaItem.of(Modality.IMAGE, SHA256, "image/jpeg", 3);
    objects.put("media/" + SHA256, new byte[3], "image/jpeg");
    analyses.saveMedia(id, new ResolvedMedia(List.of(item), List.of(), Instant.now()));
    Verdict verdict =
        new Verdict(Verdict.Level.HIGH, 0.9, "pooled-1", List.of(), List.of(), List.of());
    analyses.saveOutcome(id, new AnalysisOutcome(verdict, null, Instant.now()));
    return id;
  }

  private String share(String id, String body) {
    return owner()
        .body(body)
        .post("/v1/analyses/" + id + "/shares")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static ValidatableResponse shown(String share) {
    return given().get("/a/" + share + "/analysis").then();
  }

  private static void nothing(String share) {
    shown(share).statusCode(404).body("type", equalTo("urn:touchstone:problem:share.not-found"));
  }

  @Test
  void everybodyWhoKnowsTheAddressSeesTheResultButNotWhoseItIs() {
    String id = judged();
    String share = share(id, "{}");

    assertThat(share).isNotEqualTo(id).hasSize(26);
    String json =
        shown(share)
            .statusCode(200)
            .header("X-Robots-Tag", "noindex")
            .body("id", equalTo(share))
            .body("verdict.level", equalTo("high"))
            .body("input.url", equalTo("https://example.org/photo.jpg"))
            .extract()
            .asString();
    assertThat(json).doesNotContain(id, account, "s3");
    given()
        .get("/a/" + share + "/media/" + MediaItem.idOf(SHA256))
        .then()
        .statusCode(404)
        .body("type", equalTo("urn:touchstone:problem:medium.not-found"));
  }

  @Test
  void itsOwnerMayShowTheMediaToo() {
    String share = share(judged(), "{\"showMedia\":true}");

    assertThat(
            given()
                .redirects()
                .follow(false)
                .get("/a/" + share + "/media/" + MediaItem.idOf(SHA256))
                .then()
                .statusCode(302)
                .extract()
                .header("Location"))
        .contains("/media/" + SHA256);
  }

  @Test
  void anEndedAddressShowsNothing() {
    String id = judged();
    String share = share(id, "{}");
    shown(share).statusCode(200);

    for (int i = 0; i < 2; i++) {
      owner().delete("/v1/analyses/" + id + "/shares/" + share).then().statusCode(200);
    }

    nothing(share);
    owner()
        .get("/v1/analyses/" + id + "/shares")
        .then()
        .body("shares", hasSize(1))
        .body("shares[0].id", equalTo(share))
        .body("shares[0].expiresAt", nullValue());
    as(account, Scope.ADMIN)
        .get("/v1/audit?limit=100")
        .then()
        .body("items.findAll { it.subject == '" + share + "' }.action", hasItem("share.revoked"));
  }

  @Test
  void theAddressGoesWithTheAnalysis() {
    String id = judged();
    String share = share(id, "{}");

    owner().delete("/v1/analyses/" + id).then().statusCode(204);

    nothing(share);
    assertThat(objects.read("shares/" + share + ".json")).isEmpty();
  }

  @Test
  void aRepeatedRequestGivesTheSameAddress() {
    String id = judged();
    RequestSpecification request = owner().header("Idempotency-Key", "once").body("{}");

    String first = request.post("/v1/analyses/" + id + "/shares").then().extract().path("id");
    String second = request.post("/v1/analyses/" + id + "/shares").then().extract().path("id");

    assertThat(second).isEqualTo(first);
    owner()
        .header("Idempotency-Key", "once")
        .body("{\"showMedia\":true}")
        .post("/v1/analyses/" + id + "/shares")
        .then()
        .statusCode(422)
        .body("code", equalTo("request.idempotency-conflict"));
    as(account, Scope.ADMIN)
        .get("/v1/audit?limit=100")
        .then()
        .body("items.findAll { it.subject == '" + first + "' }", hasSize(1));
    owner().get("/v1/analyses/" + id + "/shares").then().body("shares", hasSize(1));
  }

  @Test
  void othersCanNeitherShareItNorEndItsAddress() {
    String id = judged();
    String share = share(id, "{}");
    RequestSpecification other = as("b" + account, Scope.ANALYSE);

    other.body("{}").post("/v1/analyses/" + id + "/shares").then().statusCode(404);
    other.get("/v1/analyses/" + id + "/shares").then().statusCode(404);
    other.delete("/v1/analyses/" + id + "/shares/" + share).then().statusCode(404);
    shown(share).statusCode(200);
  }

  @Test
  void anAddressOfAnotherAnalysisIsNotItsOwn() {
    String share = share(judged(), "{}");

    owner()
        .delete("/v1/analyses/" + judged() + "/shares/" + share)
        .then()
        .statusCode(404)
        .body("type", equalTo("urn:touchstone:problem:share.not-found"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"expiresAt\":\"2020-01-01T00:00:00Z\"}", "{\"expiresAt\":1}", "[]"})
  void refusesABodyThatMakesNoSense(String body) {
    owner().body(body).post("/v1/analyses/" + judged() + "/shares").then().statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000000000000000000000", "nothing", "a%20b", "..%2fx"})
  void addressesThatWereNeverMadeShowNothing(String share) {
    given().urlEncodingEnabled(false).get("/a/" + share + "/analysis").then().statusCode(404);
  }
}
