package org.touchstone.intake.people;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.MediaVerdict;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.Aws;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Ids;
import org.touchstone.storage.KeyStore;

@QuarkusTest
@QuarkusTestResource(Aws.class)
class PeopleTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @Inject KeyStore keys;
  @Inject AccountStore accounts;
  @Inject AnalysisStore analyses;

  private String account;
  private String other;
  private String sha256;

  @BeforeEach
  void makeAccounts() {
    account = accounts.create("One", Instant.now(), RANDOM).id();
    other = accounts.create("Other", Instant.now(), RANDOM).id();
    sha256 = "%064x".formatted(new BigInteger(255, RANDOM));
  }

  @Test
  void aLabelTakesPrecedenceForItsAccountAndTheVerdictStaysVisible() {
    String id = ended(account, Level.UNCERTAIN);
    String theirs = ended(other, Level.UNCERTAIN);
    String tagBefore = as(account, Scope.READ).get("/v1/analyses/" + id).header("ETag");

    label(account, Scope.LABEL, Map.of("truth", "manipulated", "note", " seen on set\n"))
        .then()
        .statusCode(200)
        .body("holder", equalTo("account"))
        .body("note", equalTo("seen on set"));

    Response shown = as(account, Scope.READ).get("/v1/analyses/" + id);
    shown
        .then()
        .body("override.level", equalTo("high"))
        .body("override.media[0].by", equalTo("label"))
        .body("override.media[0].holder", equalTo("account"))
        .body("override.media[0].note", equalTo("seen on set"))
        .body("verdict.level", equalTo("uncertain"));
    assertThat(shown.header("ETag")).isNotEqualTo(tagBefore);
    as(account, Scope.READ).get("/v1/analyses").then().body("items[0].level", equalTo("high"));
    as(other, Scope.READ).get("/v1/analyses/" + theirs).then().body("override", nullValue());
    as(other, Scope.READ).get("/v1/analyses").then().body("items[0].level", equalTo("uncertain"));
    as(other, Scope.READ).get("/v1/labels/" + sha256).then().statusCode(404);

    as(account, Scope.LABEL).delete("/v1/labels/" + sha256).then().statusCode(200);
    as(account, Scope.READ).get("/v1/analyses/" + id).then().body("override", nullValue());
  }

  @Test
  void onlyAnAdministratorDecidesForTheDeployment() {
    String id = ended(account, Level.HIGH);
    Map<String, String> forAll = Map.of("truth", "authentic", "holder", "deployment");
    problem(label(other, Scope.LABEL, forAll), 403, "key.scope");
    label(other, Scope.ADMIN, forAll).then().statusCode(200);

    as(account, Scope.READ)
        .get("/v1/analyses/" + id)
        .then()
        .body("override.level", equalTo("low"))
        .body("override.media[0].holder", equalTo("deployment"));
    as(account, Scope.READ)
        .get("/v1/labels/" + sha256)
        .then()
        .body("holder", equalTo("deployment"));
    problem(
        as(account, Scope.LABEL).delete("/v1/labels/" + sha256 + "?holder=deployment"),
        403,
        "key.scope");
    problem(as(account, Scope.LABEL).delete("/v1/labels/" + sha256), 404, "label.not-found");

    label(account, Scope.LABEL, Map.of("truth", "unknown")).then().statusCode(200);
    as(account, Scope.READ).get("/v1/analyses/" + id).then().body("override", nullValue());

    as(other, Scope.ADMIN)
        .delete("/v1/labels/" + sha256 + "?holder=deployment")
        .then()
        .statusCode(200);
  }

  @Test
  void aVerifiedSourcesOwnPostsAreTrusted() {
    String author = "9" + RANDOM.nextInt(Integer.MAX_VALUE);
    String id = ended(account, Level.UNCERTAIN, source(author, "paper", null));
    String quoting = ended(account, Level.UNCERTAIN, source(author, "paper", true));
    Response named =
        json(as(account, Scope.LABEL), Map.of("platform", "x", "authorId", author))
            .post("/v1/sources");
    named.then().statusCode(201).body("identity", equalTo("id"));

    as(account, Scope.READ)
        .get("/v1/analyses/" + id)
        .then()
        .body("override.level", equalTo("trusted"))
        .body("override.media[0].by", equalTo("source"))
        .body("override.media[0].identity", equalTo("id"))
        .body("verdict.level", equalTo("uncertain"));
    as(account, Scope.READ).get("/v1/analyses/" + quoting).then().body("override", nullValue());
    as(account, Scope.READ)
        .get("/v1/sources")
        .then()
        .body("items[0].account.authorId", equalTo(author));

    String sourceId = named.path("id");
    problem(as(other, Scope.LABEL).delete("/v1/sources/" + sourceId), 404, "source.not-found");
    as(account, Scope.LABEL).delete("/v1/sources/" + sourceId).then().statusCode(200);
    as(account, Scope.READ).get("/v1/analyses/" + id).then().body("override", nullValue());
  }

  @Test
  void theAuditLogSaysWhoDecidedWhat() {
    label(account, Scope.LABEL, Map.of("truth", "authentic"));
    label(account, Scope.LABEL, Map.of("truth", "manipulated"));
    as(account, Scope.LABEL).delete("/v1/labels/" + sha256);
    json(as(account, Scope.LABEL), Map.of("platform", "x", "handle", "@Paper")).post("/v1/sources");

    as(other, Scope.ADMIN)
        .get("/v1/audit?limit=4")
        .then()
        .body("items.accountId", equalTo(List.of(account, account, account, account)))
        .body(
            "items.action",
            equalTo(List.of("source.verified", "label.removed", "label.set", "label.set")))
        .body(
            "items.detail",
            hasItems(
                "for the account: x @paper",
                "for the account: manipulated instead of authentic",
                "for the account: authentic instead of none"));
  }

  @Test
  void refusesWhatIsNotALabelOrASource() {
    for (String wrong :
        List.of(
            "{}",
            "{\"truth\": \"perhaps\"}",
            "{\"truth\": \"authentic\", \"holder\": \"me\"}",
            "{\"truth\": \"authentic\", \"note\": \"\\u0000\"}",
            "{\"truth\": \"authentic\", \"note\": \"\\ud800\"}",
            "{\"truth\": \"authentic\", \"note\": \"" + "x".repeat(1_001) + "\"}")) {
      problem(
          body(as(account, Scope.LABEL), wrong).put("/v1/labels/" + sha256),
          400,
          "request.invalid");
    }
    Map<String, String> truth = Map.of("truth", "authentic");
    for (String wrong : List.of("x", sha256.toUpperCase() + "A", "..%2F..%2Fx")) {
      Response answer = json(as(account, Scope.LABEL), truth).put("/v1/labels/" + wrong);
      assertThat(answer.statusCode()).as(wrong).isIn(400, 404);
    }
    problem(label(account, Scope.ANALYSE, truth), 403, "key.scope");
    problem(as(account, Scope.READ).get("/v1/labels?holder=me"), 400, "request.invalid");
    for (Map<String, String> wrong :
        List.of(
            Map.of("platform", "x"),
            Map.of("platform", "web", "handle", "paper"),
            Map.of("platform", "x", "handle", "a b"),
            Map.of("handle", "paper"))) {
      problem(json(as(account, Scope.LABEL), wrong).post("/v1/sources"), 400, "request.invalid");
    }
  }

  private static MediaSource source(String authorId, String author, Boolean quoted) {
    return new MediaSource(
        "x",
        "https://x.com/paper/status/1",
        author,
        null,
        0,
        new PostContext(authorId, null, null, null),
        quoted);
  }

  private String ended(String owner, Level level) {
    return ended(owner, level, source("1", "somebody", null));
  }

  private String ended(String owner, Level level, MediaSource source) {
    String id = Ids.analysisId(Instant.now(), RANDOM);
    AnalysisRequest request =
        new AnalysisRequest(
            id, owner, "key", AnalysisInput.ofUrl("https://x.com/1"), null, Instant.now());
    analyses.create(request);
    MediaItem item = MediaItem.of(Modality.IMAGE, sha256, "image/png", 1).withSource(source);
    ResolvedMedia media =
        analyses.saveMedia(id, new ResolvedMedia(List.of(item), List.of(), Instant.now()));
    Verdict verdict =
        new Verdict(
            level,
            0.5,
            "1",
            List.of(),
            List.of(),
            List.of(new MediaVerdict(item.id(), level, 0.5, List.of())));
    AnalysisOutcome outcome =
        analyses.saveOutcome(id, new AnalysisOutcome(verdict, null, Instant.now()));
    analyses.listAsEnded(request, Optional.of(media), outcome);
    return id;
  }

  private Response label(String owner, Scope scope, Map<String, String> label) {
    return json(as(owner, scope), label).put("/v1/labels/" + sha256);
  }

  private RequestSpecification as(String owner, Scope scope) {
    return given()
        .header(
            "x-api-key",
            keys.create(owner, "test", Set.of(scope), Instant.now(), null).text().reveal());
  }

  private static RequestSpecification json(RequestSpecification request, Object body) {
    return body(request, Json.string(body));
  }

  private static RequestSpecification body(RequestSpecification request, String json) {
    return request.contentType("application/json").body(json);
  }

  private static void problem(Response response, int status, String code) {
    response
        .then()
        .statusCode(status)
        .contentType(containsString("application/problem+json"))
        .body("code", equalTo(code));
  }
}
