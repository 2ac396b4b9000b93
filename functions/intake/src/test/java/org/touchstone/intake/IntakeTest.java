package org.touchstone.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Roster;
import org.touchstone.domain.S3Location;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.voting.VotingPolicy;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.KeyStore;

@QuarkusTest
@QuarkusTestResource(Aws.class)
class IntakeTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String URL_BODY = "{\"url\":\"https://example.org/photo.jpg\"}";

  StubStepFunctions stepFunctions;

  @Inject AnalysisStore analyses;
  @Inject KeyStore keys;

  @BeforeEach
  void callWithAKey() {
    String key = keys.create("local", "test", Set.of(Scope.ANALYSE), NOW, null).text().reveal();
    RestAssured.requestSpecification = new RequestSpecBuilder().addHeader("x-api-key", key).build();
  }

  @AfterEach
  void callWithoutAKey() {
    RestAssured.requestSpecification = null;
  }

  @Test
  void acceptsALinkAndStartsItsExecution() {
    ValidatableResponse response = json(URL_BODY).post("/v1/analyses").then().statusCode(202);
    String id = response.extract().path("id");

    response.header("Location", equalTo("analyses/" + id)).body("status", equalTo("queued"));
    assertThat(stepFunctions.started().get(id)).isEqualTo("{\"analysisId\":\"" + id + "\"}");
    given()
        .get("/v1/analyses/" + id)
        .then()
        .statusCode(200)
        .body("status", equalTo("queued"))
        .body("input.url", equalTo("https://example.org/photo.jpg"))
        .body("reports", hasSize(0));
    given().get("/v1/analyses").then().statusCode(200).body("items.id", hasItem(id));
  }

  @Test
  void theLanguageThatIsSpokenIsKeptInItsCanonicalForm() {
    String id =
        json("{\"url\":\"https://example.org/a.mp3\",\"options\":{\"language\":\"DE-at\"}}")
            .post("/v1/analyses")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    assertThat(analyses.request(id).orElseThrow().options().language()).isEqualTo("de-AT");
    problem(
        json("{\"url\":\"https://example.org/a.mp3\",\"options\":{\"language\":\"german\"}}")
            .post("/v1/analyses")
            .then(),
        400,
        "request.invalid");
  }

  @Test
  void sameIdempotencyKeyGivesOneAnalysis() {
    String first = post("once", URL_BODY).statusCode(202).extract().path("id");
    String again = post("once", URL_BODY).statusCode(202).extract().path("id");

    assertThat(again).isEqualTo(first);
    problem(
        post("once", "{\"url\":\"https://example.org/other.jpg\"}"),
        422,
        "request.idempotency-conflict");
  }

  @Test
  void retryHealsACallThatDiedBeforeTheExecutionStarted() {
    stepFunctions.setDown(true);
    try {
      problem(post("healed", URL_BODY), 500, "internal");
    } finally {
      stepFunctions.setDown(false);
    }
    String id = post("healed", URL_BODY).statusCode(202).extract().path("id");

    assertThat(stepFunctions.started()).containsKey(id);
  }

  @Test
  void analysisThatWasStoredButNeverStartedIsStartedWhenAskedFor() {
    String id = "2".repeat(26);
    analyses.create(
        new AnalysisRequest(
            id, "local", "key", AnalysisInput.ofUrl("https://a.example/"), null, Instant.EPOCH));
    stepFunctions.setDown(true);
    try {
      given().get("/v1/analyses/" + id).then().statusCode(200).body("status", equalTo("queued"));
    } finally {
      stepFunctions.setDown(false);
    }
    assertThat(stepFunctions.started()).doesNotContainKey(id);

    given().get("/v1/analyses/" + id).then().statusCode(200);

    assertThat(stepFunctions.started()).containsEntry(id, "{\"analysisId\":\"" + id + "\"}");
  }

  @Test
  void analysisThatCannotBeStartedIsListedAsFailed() {
    stepFunctions.setDown(true);
    try {
      problem(json(URL_BODY).post("/v1/analyses").then(), 500, "internal");
    } finally {
      stepFunctions.setDown(false);
    }
    given().get("/v1/analyses?limit=1").then().body("items[0].status", equalTo("failed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://foo_bar.example/a.jpg",
        "https://ex\u00e4mple.de/a.jpg",
        "https://h.example/a b.jpg?x={1}|2"
      })
  void linkThatTheResolverCanReadIsAccepted(String url) {
    json("{\"url\":\"" + url + "\"}").post("/v1/analyses").then().statusCode(202);
  }

  @Test
  void fileIsSentToAnUploadAndAnalysed() throws Exception {
    JsonPath upload =
        json("{\"bytes\":5,\"contentType\":\"image/png\"}")
            .post("/v1/uploads")
            .then()
            .statusCode(201)
            .extract()
            .jsonPath();
    String analysis = "{\"uploadId\":\"" + upload.getString("uploadId") + "\"}";
    problem(json(analysis).post("/v1/analyses").then(), 404, "upload.not-found");

    assertThat(put(upload, "12345").statusCode()).isEqualTo(200);
    json(analysis).post("/v1/analyses").then().statusCode(202);
  }

  @Test
  void uploadOfAnotherSizeThanAnnouncedIsRefused() throws Exception {
    JsonPath upload =
        json("{\"bytes\":5}").post("/v1/uploads").then().statusCode(201).extract().jsonPath();

    assertThat(put(upload, "123456").statusCode()).isEqualTo(403);
  }

  @Test
  void uploadBeyondTheLimitIsRefused() {
    problem(json("{\"bytes\":1001}").post("/v1/uploads").then(), 413, "request.too-large");
    problem(json("{\"bytes\":-1}").post("/v1/uploads").then(), 400, "request.invalid");
    problem(json("{}").post("/v1/uploads").then(), 400, "request.invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "7",
        "{}",
        "{\"url\":\"https://a.example/\",\"uploadId\":\"x\"}",
        "{\"url\":{\"a\":1}}",
        "{\"url\":5}",
        "{\"url\":true}",
        "{\"url\":\"https://a.example/\"} x",
        "{\"url\":\"https://a.example/\"}{}",
        "{\"url\":\"https://a.example/\",\"url\":\"https://b.example/\"}",
        "{\"url\":\"https://a.example/\",\"options\":{\"force\":\"true\"}}",
        "{\"url\":\"https://a.example/\",\"options\":{\"thirdParties\":\"nobody\"}}",
        "{\"url\":\"https://a.example/\",\"fileName\":\"\"}",
        "{\"url\":\"https://a.example/\",\"fileName\":\"a\\u0000b\"}",
        "{\"url\":\"https://a.example/\",\"fileName\":\"a\\nb\"}"
      })
  void bodyThatIsNoRequestIsAProblem(String body) {
    problem(json(body).post("/v1/analyses").then(), 400, "request.invalid");
  }

  @Test
  void longFileNameIsAProblem() {
    String body = "{\"url\":\"https://a.example/\",\"fileName\":\"%s\"}";
    json(body.formatted("a".repeat(255))).post("/v1/analyses").then().statusCode(202);
    problem(
        json(body.formatted("a".repeat(256))).post("/v1/analyses").then(), 400, "request.invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"bytes\":1.5}", "{\"bytes\":\"5\"}", "{\"bytes\":true}"})
  void sizeIsAWholeNumber(String body) {
    problem(json(body).post("/v1/uploads").then(), 400, "request.invalid");
  }

  @Test
  void uploadMayHaveATypeWithParameters() throws Exception {
    JsonPath upload =
        json("{\"bytes\":5,\"contentType\":\"audio/webm;codecs=opus\"}")
            .post("/v1/uploads")
            .then()
            .statusCode(201)
            .extract()
            .jsonPath();

    assertThat(put(upload, "12345").statusCode()).isEqualTo(200);
    problem(
        json("{\"bytes\":5,\"contentType\":\"audio/webm;codecs\"}").post("/v1/uploads").then(),
        400,
        "request.invalid");
  }

  @Test
  void answersDoNotShowWhereMediaAreStored() {
    String id = json(URL_BODY).post("/v1/analyses").then().extract().path("id");
    MediaItem item =
        MediaItem.of(Modality.IMAGE, "a".repeat(64), "image/png", 9)
            .withS3(new S3Location("the-bucket", "media/the-key"));
    analyses.saveMedia(
        id, new ResolvedMedia(List.of(item), List.of(), null, List.of(), Instant.EPOCH));

    String answer = given().get("/v1/analyses/" + id).then().statusCode(200).extract().asString();
    assertThat(answer).contains("image/png").doesNotContain("the-bucket", "the-key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "photo.jpg", "http://", "https:///a", "a b"})
  void linkThatCannotBeFollowedIsAProblem(String url) {
    problem(json("{\"url\":\"" + url + "\"}").post("/v1/analyses").then(), 400, "link.invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://example.org/a", "file:///etc/passwd"})
  void linkOfAnotherSchemeIsAProblem(String url) {
    problem(json("{\"url\":\"" + url + "\"}").post("/v1/analyses").then(), 422, "link.unsupported");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x.com/jack/status/20",
        "Look: (x.com/jack/status/20).",
        "**x.com/jack/status/20**",
        "x.com%2Fjack%2Fstatus%2F20",
        "//x.com/jack/status/20",
        "\u200bx.com/jack/status/20\u2026",
      })
  void linkIsFoundInThePastedText(String text) {
    String id =
        json("{\"url\":\"" + text + "\"}")
            .post("/v1/analyses")
            .then()
            .statusCode(202)
            .extract()
            .path("id");

    given().get("/v1/analyses/" + id).then().body("input.url", equalTo("x.com/jack/status/20"));
  }

  @Test
  void linkOfAbsurdLengthIsAProblem() {
    String url = "https://example.org/" + "a".repeat(5000);
    problem(json("{\"url\":\"" + url + "\"}").post("/v1/analyses").then(), 400, "link.invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope", "00000000000000000000000000", "..%2f..%2frequest"})
  void unknownAnalysisIsNotFound(String id) {
    given().urlEncodingEnabled(false).get("/v1/analyses/" + id).then().statusCode(404);
  }

  @Test
  void analysisOfAnotherAccountIsNotFound() {
    String id = "1".repeat(26);
    analyses.create(
        new AnalysisRequest(
            id,
            "someone-else",
            "key",
            AnalysisInput.ofUrl("https://a.example/"),
            null,
            Instant.EPOCH));

    problem(given().get("/v1/analyses/" + id).then(), 404, "analysis.not-found");
    given().get("/v1/analyses").then().body("items.id", not(hasItem(id)));
  }

  @Test
  void runningAnalysisHasAPreliminaryVerdictOverWhatIsReported() {
    String id = "3".repeat(26);
    String sha256 = "ab".repeat(32);
    MediaItem item = MediaItem.of(Modality.IMAGE, sha256, "image/png", 10);
    DetectorReport named =
        DetectorReport.scored("metadata", "1", Category.FORENSIC, 0.99, null, null);
    analyses.create(
        new AnalysisRequest(
            id, "local", "key", AnalysisInput.ofUrl("https://a.example/"), null, Instant.EPOCH));
    analyses.saveMedia(
        id,
        new ResolvedMedia(
            List.of(item),
            List.of(new Job(null, id, "image", "queue", Modality.IMAGE, item, null, true)),
            null,
            List.of(
                new JobReports(
                    id,
                    item.id(),
                    ResolvedMedia.ENDPOINT,
                    Modality.IMAGE,
                    List.of(named),
                    Provenance.ABSENT,
                    Instant.EPOCH,
                    Instant.EPOCH)),
            Instant.EPOCH));

    given()
        .get("/v1/analyses/" + id)
        .then()
        .statusCode(200)
        .body("status", equalTo("detecting"))
        .body("verdict", nullValue())
        .body("preliminary.verdict.level", equalTo("uncertain"))
        .body("preliminary.verdict.policyVersion", equalTo("pooled-3"))
        .body("preliminary.verdict.reasons[0].code", equalTo("file-says-so"))
        .body("preliminary.verdict.votes[0].likelihood.basis", equalTo("claim"))
        .body("preliminary.settled", equalTo(false))
        .body("preliminary.pending[0].mediaId", equalTo(item.id()))
        .body("preliminary.pending[0].detectors", contains("distil-dire", "ufd"))
        .body("reports[0].detector", equalTo("metadata"));
    given()
        .get("/v1/analyses")
        .then()
        .body("items.find { it.id == '" + id + "' }.level", nullValue());

    Verdict verdict = VotingPolicy.bundled().vote(List.of());
    analyses.saveOutcome(id, new AnalysisOutcome(verdict, null, Instant.EPOCH));

    given()
        .get("/v1/analyses/" + id)
        .then()
        .body("verdict.level", equalTo("insufficient-evidence"))
        .body("preliminary", nullValue());
  }

  @Test
  void runningAnalysisShowsTheFastLanesReportsWhileTheOtherIsPending() {
    String id = "5".repeat(26);
    MediaItem item = MediaItem.of(Modality.IMAGE, "cd".repeat(32), "image/png", 10);
    Roster.Detector small =
        new Roster.Detector("small", Category.GENERATIVE, Set.of(Modality.IMAGE), "1", true, null);
    Roster.Detector large =
        new Roster.Detector("large", Category.GENERATIVE, Set.of(Modality.IMAGE), "1", true, null);
    Roster roster =
        new Roster(
            List.of(
                new Roster.Endpoint("cpu-image", List.of(small), Compute.CPU, null),
                new Roster.Endpoint("image", List.of(small, large), Compute.GPU, null)));
    analyses.create(
        new AnalysisRequest(
            id, "local", "key", AnalysisInput.ofUrl("https://a.example/"), null, Instant.EPOCH));
    analyses.saveMedia(
        id,
        new ResolvedMedia(
            List.of(item),
            List.of(
                new Job(null, id, "cpu-image", "queue", Modality.IMAGE, item, null, true),
                new Job(null, id, "image", "queue", Modality.IMAGE, item, null, true)
                    .withDetectors(List.of("large"))),
            roster,
            List.of(),
            Instant.EPOCH));
    analyses.saveReports(
        new JobReports(
            id,
            item.id(),
            "cpu-image",
            Modality.IMAGE,
            List.of(DetectorReport.scored("small", "1", Category.GENERATIVE, 0.99, null, null)),
            null,
            Instant.EPOCH,
            Instant.EPOCH,
            Compute.CPU));

    given()
        .get("/v1/analyses/" + id)
        .then()
        .statusCode(200)
        .body("status", equalTo("detecting"))
        .body("reports.detector", contains("small"))
        .body("reports[0].lane", equalTo("cpu"))
        .body("preliminary.verdict.level", equalTo("uncertain"))
        .body("preliminary.verdict.votes[0].detector", equalTo("small"))
        .body("preliminary.settled", equalTo(false))
        .body("preliminary.pending.endpoint", contains("image"))
        .body("preliminary.pending[0].detectors", contains("large"));
  }

  @Test
  void pagesAreBounded() {
    problem(given().get("/v1/analyses?limit=0").then(), 400, "request.invalid");
    problem(given().get("/v1/analyses?limit=101").then(), 400, "request.invalid");
    problem(given().get("/v1/analyses?limit=x").then(), 400, "request.invalid");
  }

  @Test
  void walksPagesNewestFirst() {
    for (int i = 0; i < 3; i++) {
      json(URL_BODY).post("/v1/analyses").then().statusCode(202);
    }
    JsonPath first = given().get("/v1/analyses?limit=2").then().extract().jsonPath();
    JsonPath second =
        given()
            .queryParam("cursor", first.getString("nextCursor"))
            .get("/v1/analyses?limit=2")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();

    assertThat(first.getList("items")).hasSize(2);
    assertThat(first.getString("items[0].id")).isGreaterThan(first.getString("items[1].id"));
    assertThat(second.getList("items.id")).doesNotContainAnyElementsOf(first.getList("items.id"));
  }

  private static RequestSpecification json(String body) {
    return given().contentType("application/json").body(body);
  }

  private static ValidatableResponse post(String idempotencyKey, String body) {
    return json(body).header("Idempotency-Key", idempotencyKey).post("/v1/analyses").then();
  }

  private static HttpResponse<String> put(JsonPath upload, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(upload.getString("url")))
            .PUT(HttpRequest.BodyPublishers.ofString(body));
    upload
        .<String, String>getMap("headers")
        .forEach(
            (name, value) -> {
              if (!name.equalsIgnoreCase("content-length") && !name.equalsIgnoreCase("host")) {
                request.header(name, value);
              }
            });
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void problem(ValidatableResponse response, int status, String code) {
    response
        .statusCode(status)
        .contentType(containsString("application/problem+json"))
        .body("type", equalTo("urn:touchstone:problem:" + code))
        .body("code", equalTo(code))
        .body("status", equalTo(status))
        .body("title", not(startsWith("java")))
        .body("detail", not(containsString("Exception")));
  }
}
