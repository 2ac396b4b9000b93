package org.touchstone.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.account.Scope;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.KeyStore;

/** Analyses are deleted, and verdicts are judged, by those who may. */
@QuarkusTest
@QuarkusTestResource(Aws.class)
class DeletionTest {
  private static final String URL_BODY = "{\"url\":\"https://example.org/photo.jpg\"}";

  StubStepFunctions stepFunctions;

  @Inject AnalysisStore analyses;
  @Inject KeyStore keys;

  private String account;

  @BeforeEach
  void newAccount() {
    account = "a" + UUID.randomUUID().toString().replace("-", "");
  }

  private RequestSpecification as(Scope scope) {
    return as(account, scope);
  }

  private RequestSpecification as(String accountId, Scope scope) {
    return given()
        .header(
            "x-api-key",
            keys.create(accountId, "test", Set.of(scope), Instant.now(), null).text().reveal())
        .contentType("application/json");
  }

  private String analysis() {
    return as(Scope.ANALYSE)
        .body(URL_BODY)
        .post("/v1/analyses")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private String judgedAnalysis() {
    String id = analysis();
    Verdict verdict =
        new Verdict(Verdict.Level.HIGH, 0.9, "pooled-1", List.of(), List.of(), List.of());
    analyses.saveOutcome(id, new AnalysisOutcome(verdict, null, Instant.now()));
    return id;
  }

  private static void problem(ValidatableResponse response, int status, String type) {
    response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:touchstone:problem:" + type));
  }

  @Test
  void deletesAnAnalysisThatRuns() {
    String id = analysis();

    as(Scope.ANALYSE).delete("/v1/analyses/" + id).then().statusCode(204);

    assertThat(stepFunctions.stopped()).contains(id);
    problem(as(Scope.READ).get("/v1/analyses/" + id).then(), 404, "analysis.not-found");
    as(Scope.READ).get("/v1/analyses").then().statusCode(200).body("items", hasSize(0));
    as(Scope.ANALYSE).delete("/v1/analyses/" + id).then().statusCode(204);
    as(Scope.ADMIN)
        .get("/v1/audit?limit=100")
        .then()
        .body("items.findAll { it.subject == '" + id + "' }.action", hasItem("analysis.deleted"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000000000000000000000", "nothing", "%2e%2e", "a%20b"})
  void whatWasNeverThereCannotBeDeleted(String id) {
    problem(
        as(Scope.ANALYSE).urlEncodingEnabled(false).delete("/v1/analyses/" + id).then(),
        404,
        id.equals("%2e%2e") ? "request.invalid" : "analysis.not-found");
  }

  @Test
  void anotherAccountsAnalysisCannotBeDeletedAndIsNotKnownAfterItsDeletion() {
    String id = analysis();
    problem(
        as("other", Scope.ANALYSE).delete("/v1/analyses/" + id).then(), 404, "analysis.not-found");
    as(Scope.READ).get("/v1/analyses/" + id).then().statusCode(200);

    as(Scope.ANALYSE).delete("/v1/analyses/" + id).then().statusCode(204);
    problem(
        as("other", Scope.ANALYSE).delete("/v1/analyses/" + id).then(), 404, "analysis.not-found");
  }

  @Test
  void aKeyThatMayOnlyReadCannotDelete() {
    String id = analysis();
    problem(as(Scope.READ).delete("/v1/analyses/" + id).then(), 403, "key.scope");
    as(Scope.READ).get("/v1/analyses/" + id).then().statusCode(200);
  }

  @Test
  void theIdempotencyKeyOfADeletedAnalysisMakesNoOther() {
    RequestSpecification request = as(Scope.ANALYSE).header("Idempotency-Key", "once");
    String id = request.body(URL_BODY).post("/v1/analyses").then().extract().path("id");
    as(Scope.ANALYSE).delete("/v1/analyses/" + id).then().statusCode(204);

    problem(
        as(Scope.ANALYSE)
            .header("Idempotency-Key", "once")
            .body(URL_BODY)
            .post("/v1/analyses")
            .then(),
        410,
        "analysis.deleted");
  }

  @Test
  void keepsOneOpinionOfAKeyUntilTheAnalysisIsDeleted() {
    String id = judgedAnalysis();
    String path = "/v1/analyses/" + id + "/feedback";
    RequestSpecification first = as(Scope.ANALYSE);
    String level =
        first
            .body("{\"opinion\":\"unsure\",\"note\":\"  \"}")
            .post(path)
            .then()
            .statusCode(200)
            .body("note", Matchers.nullValue())
            .extract()
            .path("level");
    first.body("{\"opinion\":\"disagree\",\"note\":\"A mask.\"}").post(path).then().statusCode(200);
    as(Scope.ANALYSE).body("{\"opinion\":\"agree\"}").post(path).then().statusCode(200);

    assertThat(level).isEqualTo("high");
    assertThat(opinions(id)).containsExactlyInAnyOrder("disagree", "agree");
    as(Scope.READ)
        .get("/v1/analyses/" + id)
        .then()
        .body("verdict.level", equalTo("high"))
        .body("$", not(Matchers.hasKey("feedback")));

    as(Scope.ANALYSE).delete("/v1/analyses/" + id).then().statusCode(204);
    assertThat(opinions(id)).isEmpty();
    problem(
        as(Scope.ANALYSE).body("{\"opinion\":\"agree\"}").post(path).then(),
        404,
        "analysis.not-found");
  }

  private List<String> opinions(String analysisId) {
    return as(Scope.ADMIN)
        .get("/v1/feedback?limit=100")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("items.findAll { it.analysisId == '" + analysisId + "' }.opinion");
  }

  @Test
  void listsOpinionsPageByPageToAdministratorsOnly() {
    String older = judgedAnalysis();
    String newer = judgedAnalysis();
    for (String id : List.of(older, newer)) {
      as(Scope.ANALYSE)
          .body("{\"opinion\":\"agree\"}")
          .post("/v1/analyses/" + id + "/feedback")
          .then()
          .statusCode(200);
    }

    ValidatableResponse page = as(Scope.ADMIN).get("/v1/feedback?limit=1").then();
    page.body("items.analysisId", contains(newer));
    as(Scope.ADMIN)
        .get("/v1/feedback?limit=1&cursor=" + page.extract().path("nextCursor"))
        .then()
        .body("items.analysisId", contains(older));

    problem(as(Scope.ANALYSE).get("/v1/feedback").then(), 403, "key.scope");
    for (String bad : List.of("limit=0", "limit=101", "limit=x", "cursor=x", "cursor=../access")) {
      problem(as(Scope.ADMIN).get("/v1/feedback?" + bad).then(), 400, "request.invalid");
    }
  }

  @Test
  void thereIsNoOpinionWithoutAVerdict() {
    String id = analysis();
    problem(
        as(Scope.ANALYSE)
            .body("{\"opinion\":\"agree\"}")
            .post("/v1/analyses/" + id + "/feedback")
            .then(),
        409,
        "analysis.no-verdict");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "null", "{\"opinion\":\"yes\"}", "{\"opinion\":1}", "{\"note\":\"x\"}", "["})
  void anOpinionIsOneOfThree(String body) {
    problem(
        as(Scope.ANALYSE).body(body).post("/v1/analyses/" + judgedAnalysis() + "/feedback").then(),
        400,
        "request.invalid");
  }

  @Test
  void aNoteIsBoundedAndTheAnalysisTheAccountsOwn() {
    String path = "/v1/analyses/" + judgedAnalysis() + "/feedback";
    String note = "x".repeat(2001);
    problem(
        as(Scope.ANALYSE)
            .body("{\"opinion\":\"agree\",\"note\":\"" + note + "\"}")
            .post(path)
            .then(),
        400,
        "request.invalid");
    problem(
        as("other", Scope.ANALYSE).body("{\"opinion\":\"agree\"}").post(path).then(),
        404,
        "analysis.not-found");
    problem(as(Scope.READ).body("{\"opinion\":\"agree\"}").post(path).then(), 403, "key.scope");
  }
}
