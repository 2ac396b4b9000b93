package org.touchstone.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorFacts;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Priority;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Retention;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.voting.VotingPolicy;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Ids;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.Leases;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.RosterStore;

/** The routes about analyses beyond accepting one and showing it. */
@QuarkusTest
@QuarkusTestResource(Aws.class)
class AnalysesApiTest {
  private static final String ACCOUNT = "reader";
  private static final String OTHER = "other-reader";
  private static final String SHA256 = "ab".repeat(32);
  private static final MediaItem ITEM = MediaItem.of(Modality.IMAGE, SHA256, "image/png", 5);

  private static int made;

  StubStepFunctions stepFunctions;

  @Inject AnalysisStore analyses;
  @Inject ObjectStore objects;
  @Inject KeyStore keys;
  @Inject Leases leases;

  private String key;

  @BeforeEach
  void makeAKey() {
    key = key(ACCOUNT);
  }

  private String key(String account) {
    return keys.create(account, "test", Set.of(Scope.ANALYSE), Instant.now(), null).text().reveal();
  }

  private RequestSpecification as(String secret) {
    return given().header("x-api-key", secret);
  }

  private ValidatableResponse post(String body, String... headers) {
    RequestSpecification request = as(key).contentType("application/json").body(body);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.post("/v1/analyses").then();
  }

  private static void problem(ValidatableResponse response, int status, String code) {
    response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("code", equalTo(code))
        .body("status", equalTo(status));
  }

  /** An analysis with one picture and one job. */
  private String resolved() {
    return resolved(ACCOUNT);
  }

  private String resolved(String account) {
    String id = Ids.analysisIdFor(account, "made-" + made++);
    analyses.create(
        new AnalysisRequest(
            id, account, "key", AnalysisInput.ofUrl("https://a.example/"), null, Instant.now()));
    analyses.saveMedia(
        id,
        new ResolvedMedia(
            List.of(ITEM),
            List.of(new Job(null, id, "image", "queue", Modality.IMAGE, ITEM, null, true)),
            Instant.now()));
    return id;
  }

  private void report(String id, Evidence evidence) {
    analyses.saveReports(
        new JobReports(
            id,
            ITEM.id(),
            "image",
            Modality.IMAGE,
            List.of(DetectorReport.scored("ufd", "1", Category.GENERATIVE, 0.9, evidence, null)),
            null,
            Instant.now(),
            Instant.now()));
  }

  private void end(String id) {
    analyses.saveOutcome(
        id, new AnalysisOutcome(VotingPolicy.bundled().vote(List.of()), null, Instant.now()));
  }

  @Test
  void keepsHowAnAnalysisIsAskedFor() {
    String id =
        post("""
            {"url": "https://example.org/a.jpg", "callbackUrl": "https://example.org/hook?a=b",
             "retention": "none",
             "options": {"detectors": ["ufd", "metadata"], "priority": "bulk"}}
            """)
            .statusCode(202)
            .header("Retry-After", "2")
            .extract()
            .path("id");

    AnalysisRequest request = analyses.request(id).orElseThrow();
    assertThat(request.callbackUrl()).isEqualTo("https://example.org/hook?a=b");
    assertThat(request.retention()).isEqualTo(Retention.NONE);
    assertThat(request.options().detectors()).containsExactly("ufd", "metadata");
    assertThat(request.options().priority()).isEqualTo(Priority.BULK);
  }

  @Test
  void detectorThatIsNotThereIsRefusedWithThoseThatAre() {
    ValidatableResponse response =
        post("{\"url\": \"https://example.org/\", \"options\": {\"detectors\": [\"nobody\"]}}");

    problem(response, 422, "request.unknown-detector");
    response.body("detail", containsString("genconvit, metadata"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"detectors\": []}",
        "{\"detectors\": [null]}",
        "{\"detectors\": \"ufd\"}",
        "{\"detectors\": [\"ufd\"], \"sourceOnly\": true}",
        "{\"priority\": \"now\"}",
        "{\"sourceOnly\": \"yes\"}"
      })
  void optionsThatContradictThemselvesAreAProblem(String options) {
    problem(
        post("{\"url\": \"https://example.org/\", \"options\": " + options + "}"),
        400,
        "request.invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hook",
        "/hook",
        "//example.org/hook",
        "http://example.org/hook",
        "http://127.0.0.1.example.org/hook",
        "ftp://example.org/",
        "https://",
        "https:///hook",
        "https://user:secret@example.org/",
        "https://example.org/#part",
        "https://exam ple.org/",
        "javascript:alert(1)"
      })
  void callbackUrlThatIsNoAddressOfHttpsIsAProblem(String url) {
    ValidatableResponse response =
        post("{\"url\": \"https://example.org/\", \"callbackUrl\": \"" + url + "\"}");

    problem(response, 400, "request.invalid");
    response.body("detail", not(containsString("secret")));
  }

  @Test
  void callbackUrlMayLeadToThisMachineWhereItIsServed() {
    post("{\"url\": \"https://example.org/\", \"callbackUrl\": \"http://localhost:8080/hook\"}")
        .statusCode(202);
  }

  @Test
  void linkWithCredentialsIsRefusedWithoutRepeatingThem() {
    ValidatableResponse response = post("{\"url\": \"https://user:secret@example.org/a.jpg\"}");

    response.statusCode(400).body("detail", not(containsString("secret")));
  }

  @Test
  void linkOfManyKilobytesIsRefused() {
    problem(
        post("{\"url\": \"https://example.org/" + "a".repeat(100_000) + "\"}"),
        413,
        "request.too-large");
  }

  @Test
  void bodyThatBeginsWithAByteOrderMarkIsRead() {
    given()
        .header("x-api-key", key)
        .contentType("application/json")
        .body("\ufeff{\"url\": \"https://example.org/\"}".getBytes(StandardCharsets.UTF_8))
        .post("/v1/analyses")
        .then()
        .statusCode(202);
  }

  @Test
  void requestWhoseFirstIsInFlightIsToldToComeAgainUntilThatIsTakenForDead() {
    String id = Ids.analysisIdFor(ACCOUNT, "in-flight");
    Leases.Lease first = leases.takeRequest(id, Duration.ofMinutes(1)).orElseThrow();
    String body = "{\"url\": \"https://example.org/\"}";

    ValidatableResponse refused = post(body, "Idempotency-Key", "in-flight");
    problem(refused, 409, "request.in-flight");
    refused.header("Retry-After", "2");
    assertThat(stepFunctions.started()).doesNotContainKey(id);

    leases.release(first);
    post(body, "Idempotency-Key", "in-flight").statusCode(202).body("id", equalTo(id));
    // Stored is answered, whoever has the lease.
    post(body, "Idempotency-Key", "in-flight").statusCode(202).body("id", equalTo(id));
  }

  @Test
  void requestThatWasRefusedDoesNotKeepItsKey() {
    problem(
        post("{\"uploadId\": \"" + "7".repeat(26) + "\"}", "Idempotency-Key", "refused"),
        404,
        "upload.not-found");

    post("{\"url\": \"https://example.org/\"}", "Idempotency-Key", "refused").statusCode(202);
  }

  @Test
  void analysisThatTheCallerHasIsNotSentAgain() {
    String id = resolved();
    Response first = as(key).get("/v1/analyses/" + id);
    String tag = first.header("ETag");
    assertThat(first.header("Retry-After")).isEqualTo("2");
    assertThat(first.header("Cache-Control")).isEqualTo("private, no-cache");
    assertThat(tag).startsWith("W/\"");

    for (String had : List.of(tag, tag.substring(2), "\"other\", " + tag, "*")) {
      as(key)
          .header("If-None-Match", had)
          .get("/v1/analyses/" + id)
          .then()
          .statusCode(304)
          .header("ETag", tag)
          .header("Retry-After", "2")
          .body(equalTo(""));
    }
    end(id);
    as(key)
        .header("If-None-Match", tag)
        .get("/v1/analyses/" + id)
        .then()
        .statusCode(200)
        .header("ETag", not(equalTo(tag)))
        .header("Retry-After", nullValue())
        .body("status", equalTo("complete"));
  }

  @Test
  void waitingRequestIsAnsweredWhenTheAnalysisChanges() throws Exception {
    String account = "waiter";
    String id = resolved(account);
    String secret = key(account);
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Response> waiting =
          threads.submit(() -> as(secret).get("/v1/analyses/" + id + "?wait=20"));
      while (objects.list("slots/waits/" + account).isEmpty()) {
        Thread.sleep(20);
      }
      report(id, null);

      assertThat(waiting.get().<List<Object>>path("reports")).hasSize(1);
    }
  }

  @Test
  void waitingRequestThatHasAnOldStateIsAnsweredAtOnce() {
    String id = resolved();
    String tag = as(key).get("/v1/analyses/" + id).header("ETag");
    report(id, null);
    long start = System.nanoTime();

    as(key)
        .header("If-None-Match", tag)
        .get("/v1/analyses/" + id + "?wait=20")
        .then()
        .statusCode(200);
    end(id);
    as(key).get("/v1/analyses/" + id + "?wait=20").then().statusCode(200);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void requestBeyondTheTenthOfAnAccountIsAnsweredAtOnce() {
    String account = "many-waits";
    String id = Ids.analysisIdFor(account, "one");
    analyses.create(
        new AnalysisRequest(
            id, account, "key", AnalysisInput.ofUrl("https://a.example/"), null, Instant.now()));
    List<Leases.Lease> taken = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      taken.add(leases.takeSlot("waits/" + account, 10, 10, Duration.ofMinutes(5)).orElseThrow());
    }
    long start = System.nanoTime();

    as(key(account)).get("/v1/analyses/" + id + "?wait=20").then().statusCode(200);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    taken.forEach(leases::release);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "21", "1.5", "x", ""})
  void waitIsABoundedNumberOfSeconds(String wait) {
    problem(
        as(key).get("/v1/analyses/" + "7".repeat(26) + "?wait=" + wait).then(),
        400,
        "request.invalid");
  }

  @Test
  void listsWhatAFilterLetsThrough() {
    String id = resolved();
    end(id);
    String today = Instant.now().toString().substring(0, 10);

    as(key)
        .get("/v1/analyses?level=insufficient-evidence&from=" + today + "&to=" + today)
        .then()
        .statusCode(200)
        .body("items.id", hasItem(id));
    as(key).get("/v1/analyses?level=trusted").then().statusCode(200).body("items", hasSize(0));
    as(key).get("/v1/analyses?to=1999-01-01").then().statusCode(200).body("items", hasSize(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "level=HIGH",
        "level=fake",
        "platform=X",
        "platform=",
        "from=2026-13-01",
        "from=yesterday",
        "to=0001-01-01",
        "from=2026-02-02&to=2026-02-01",
        "limit=0",
        "limit=1e1"
      })
  void filterThatIsNoneIsAProblem(String query) {
    problem(as(key).get("/v1/analyses?" + query).then(), 400, "request.invalid");
  }

  @Test
  void detectorsAreListedWithWhatTheirManifestsSay() {
    new RosterStore(objects)
        .saveFacts(
            List.of(
                new DetectorFacts(
                    "ufd",
                    "pictures",
                    "MIT",
                    List.of("ProGAN"),
                    List.of(),
                    null,
                    List.of(
                        new DetectorFacts.Figures(
                            "all", 1, 100, 90, 100, Reliability.Combination.SINGLE, "a paper")))));

    as(key)
        .get("/v1/detectors")
        .then()
        .statusCode(200)
        .body("detectors.name", hasItem("genconvit"))
        .body("detectors.find { it.name == 'ufd' }.category", equalTo("generative"))
        .body("detectors.find { it.name == 'ufd' }.thirdParty", equalTo(false));
  }

  @Test
  void mediumHasALinkThatSavesItAsWhatItIs() throws Exception {
    String id = resolved();
    String path = "/v1/analyses/" + id + "/media/" + ITEM.id();
    problem(as(key).get(path).then(), 404, "medium.not-found");
    objects.put("media/" + SHA256, "12345".getBytes(StandardCharsets.UTF_8), "text/html");

    Response link = as(key).get(path);

    assertThat(link.statusCode()).isEqualTo(200);
    assertThat(link.header("Cache-Control")).isEqualTo("no-store");
    assertThat(Instant.parse(link.path("expiresAt")))
        .isBetween(Instant.now(), Instant.now().plus(Duration.ofMinutes(6)));
    HttpResponse<String> medium = follow(link.path("url"));
    assertThat(medium.body()).isEqualTo("12345");
    assertThat(medium.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(medium.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment");
    String other = link.<String>path("url").replace("image%2Fpng", "text%2Fhtml");
    assertThat(follow(other).statusCode()).isEqualTo(403);
  }

  @Test
  void mediumOfAnAnalysisIsForItsAccountOnlyAlsoForWhoeverHasTheFile() {
    String id = resolved();
    objects.put("media/" + SHA256, new byte[] {1}, "image/png");
    String theirs = Ids.analysisIdFor(OTHER, "theirs");
    analyses.create(
        new AnalysisRequest(
            theirs, OTHER, "key", AnalysisInput.ofUrl("https://a.example/"), null, Instant.now()));

    problem(
        as(key(OTHER)).get("/v1/analyses/" + id + "/media/" + ITEM.id()).then(),
        404,
        "analysis.not-found");
    problem(
        as(key(OTHER)).get("/v1/analyses/" + theirs + "/media/" + ITEM.id()).then(),
        404,
        "medium.not-found");
  }

  @Test
  void evidenceThatAReportNamesHasALinkAndNothingElseHas() throws Exception {
    String id = resolved();
    String folder = "analyses/" + id + "/evidence/" + ITEM.id() + "/";
    String named = folder + "image-ufd.heatmap.png";
    report(id, Evidence.NONE.withHeatmapKey(named));
    objects.put(named, new byte[] {'x'}, "image/png");
    objects.put(folder + "other.png", new byte[] {'y'}, "image/png");

    Response link = as(key).get("/v1/" + named);
    assertThat(link.statusCode()).isEqualTo(200);
    assertThat(link.<String>path("contentType")).isEqualTo("image/png");
    assertThat(follow(link.path("url")).body()).isEqualTo("x");
    problem(as(key).get("/v1/" + folder + "other.png").then(), 404, "evidence.not-found");
    problem(
        as(key)
            .urlEncodingEnabled(false)
            .get("/v1/analyses/" + id + "/evidence/" + ITEM.id() + "/..%2f..%2frequest.json")
            .then(),
        404,
        "evidence.not-found");
    problem(as(key(OTHER)).get("/v1/" + named).then(), 404, "analysis.not-found");
  }

  @Test
  void uploadOfAnotherTypeThanAnnouncedIsRefused() throws Exception {
    Response upload =
        as(key)
            .contentType("application/json")
            .body("{\"bytes\": 5, \"contentType\": \"image/png\"}")
            .post("/v1/uploads");

    assertThat(put(upload, "text/html", "12345")).isEqualTo(403);
    assertThat(put(upload, "image/png", "1234")).isEqualTo(403);
    assertThat(put(upload, "image/png", "12345")).isEqualTo(200);
  }

  private static int put(Response upload, String type, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(upload.path("url")))
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", type)
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  private static HttpResponse<String> follow(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
