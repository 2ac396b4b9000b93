package org.touchstone.intake.truemedia;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.AnalysisInput.ChosenMedium;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportTimings;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.Aws;
import org.touchstone.intake.StubStepFunctions;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.KeyStore;

@QuarkusTest
@QuarkusTestResource(Aws.class)
class TrueMediaTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final MediaItem VIDEO =
      MediaItem.of(Modality.VIDEO, "d".repeat(64), "video/mp4", 1)
          .withDurationSeconds(7.5)
          .withSource(new MediaSource("x", "https://x.com/a/status/1", "a", null, 0));
  private static final MediaItem IMAGE =
      MediaItem.of(Modality.IMAGE, "e".repeat(64), "image/png", 1)
          .withSource(new MediaSource("x", "https://x.com/a/status/1", "a", null, 1));

  @Inject KeyStore keys;
  @Inject AccountStore accounts;
  @Inject AnalysisStore analyses;

  StubStepFunctions stepFunctions;

  private String account;
  private String key;
  private String link;

  @BeforeEach
  void makeAccount() {
    account = accounts.create("Bot", Instant.now(), RANDOM).id();
    key = key(account, Scope.ANALYSE);
    link = "https://example.org/" + RANDOM.nextLong();
  }

  @AfterEach
  void letExecutionsRun() {
    stepFunctions.whenStarted(id -> {});
  }

  @Test
  void answersWithTheMediaAsSoonAsTheyAreThere() throws InterruptedException {
    CompletableFuture<Response> asked = CompletableFuture.supplyAsync(this::resolve);
    AnalysisRequest request = accepted();
    analyses.markResolving(request.id(), Instant.now());
    analyses.saveMedia(
        request.id(), new ResolvedMedia(List.of(VIDEO, IMAGE), List.of(), Instant.now()));

    Response answer = asked.join();

    answer
        .then()
        .statusCode(200)
        .body("result", equalTo("resolved"))
        .body("media", hasSize(2))
        .body("media[0].id", equalTo(request.id() + "_" + VIDEO.id()))
        .body("media[0].mimeType", equalTo("video/mp4"))
        .body("media[0].duration", equalTo(7.5f))
        .body("media[0].url", equalTo("https://x.com/a/status/1"))
        .body("media[1].duration", nullValue())
        .body("reason", nullValue());
    assertThat(request.options().detectors()).as("runs no detector, so it is free").isEmpty();
    assertThat(request.options().wantsMetadata()).isFalse();
    assertThat(resolve().<String>path("media[0].id"))
        .as("the same link again is the same analysis")
        .isEqualTo(answer.path("media[0].id"));
    assertThat(analyses.list(account, null, 10).items()).hasSize(1);
  }

  @Test
  void aPostWithoutMediaIsAFailureAndIsTriedAgain() throws InterruptedException {
    CompletableFuture<Response> asked = CompletableFuture.supplyAsync(this::resolve);
    AnalysisRequest request = accepted();
    analyses.saveOutcome(
        request.id(),
        new AnalysisOutcome(null, Problem.of(ProblemType.POST_DELETED), Instant.now()));

    asked
        .join()
        .then()
        .statusCode(200)
        .body("result", equalTo("failure"))
        .body("reason", equalTo(ProblemType.POST_DELETED.title()))
        .body("media", nullValue());

    CompletableFuture<Response> again = CompletableFuture.supplyAsync(this::resolve);
    AnalysisRequest second = accepted(2);
    analyses.saveMedia(second.id(), new ResolvedMedia(List.of(IMAGE), List.of(), Instant.now()));
    again.join().then().body("result", equalTo("resolved"));
  }

  @Test
  void aPostThatFailsBeforeItsStartIsAnsweredIsNotTriedTwice() {
    stepFunctions.whenStarted(
        id ->
            analyses.saveOutcome(
                id,
                new AnalysisOutcome(null, Problem.of(ProblemType.POST_DELETED), Instant.now())));

    resolve().then().statusCode(200).body("reason", equalTo(ProblemType.POST_DELETED.title()));
    assertThat(analyses.list(account, null, 10).items()).hasSize(1);

    resolve().then().statusCode(200);
    assertThat(analyses.list(account, null, 10).items()).as("asked again").hasSize(2);
  }

  @Test
  void detectionStartsOnceAndOnTheChosenMediumOnly() throws InterruptedException {
    String id = resolved();
    get("check-analysis", id)
        .then()
        .statusCode(200)
        .body("state", equalTo("ERROR"))
        .body("errors[0]", equalTo("Nothing was started; call start-analysis first."));

    get("start-analysis", id)
        .then()
        .statusCode(200)
        .body("state", equalTo("PROCESSING"))
        .body("pending", greaterThan(0));
    get("start-analysis", id).then().statusCode(200);

    assertThat(analyses.list(account, null, 10).items()).hasSize(2);
    AnalysisRequest detection = detection();
    assertThat(detection.input().medium())
        .isEqualTo(new ChosenMedium(id.split("_")[0], VIDEO.id()));
    assertThat(detection.input().url()).isEqualTo(link);
    assertThat(detection.options().detectors()).isNull();
    get("check-analysis", id)
        .then()
        .body("state", equalTo("PROCESSING"))
        .body("verdict", nullValue())
        .body("results.size()", equalTo(0));
    get("get-results", id).then().body("verdict", equalTo("unknown"));
  }

  @Test
  void resultsHaveTheOriginalsIdsRanksAndVerdicts() throws InterruptedException {
    String id = resolved();
    get("get-results", id).then().statusCode(200).body("state", equalTo("PROCESSING"));
    AnalysisRequest detection = detection();
    Job job = new Job(null, detection.id(), "all", "queue", Modality.VIDEO, VIDEO, null);
    analyses.saveMedia(
        detection.id(), new ResolvedMedia(List.of(VIDEO), List.of(job), Instant.now()));
    ReportTimings took = new ReportTimings(500, 1_000);
    analyses.saveReports(
        new JobReports(
            detection.id(),
            VIDEO.id(),
            "all",
            Modality.VIDEO,
            List.of(
                scored("genconvit", 0.9, took),
                scored("ftcn", 0.4, took),
                scored("styleflow", 0.1, took),
                DetectorReport.abstained("own", "1", Category.FACES, Reason.NO_FACE, null),
                DetectorReport.failed("broken", "1", Category.FACES, Reason.ERROR, null)),
            null,
            Instant.now(),
            Instant.now(),
            Compute.CPU));
    analyses.saveOutcome(
        detection.id(),
        new AnalysisOutcome(
            new Verdict(Level.INSUFFICIENT_EVIDENCE, null, "1", List.of(), List.of(), List.of()),
            null,
            Instant.now()));

    get("check-analysis", id)
        .then()
        .body("state", equalTo("COMPLETE"))
        .body("verdict", equalTo("uncertain"))
        .body("results.size()", equalTo(4))
        .body("results.video9.rank", equalTo("high"))
        .body("results.video9.score", equalTo(0.9f))
        .body("results.video9.analysisTime", equalTo(1.5f))
        .body("results.video10.rank", equalTo("uncertain"))
        .body("results.video8.rank", equalTo("low"))
        .body("results.own.rank", equalTo("n/a"))
        .body("pending", nullValue());
    get("start-analysis", id).then().body("state", equalTo("COMPLETE")).body("pending", equalTo(0));
  }

  @Test
  void oneModelCanBeChosenAndThenNoOther() throws InterruptedException {
    String id = resolved();
    get("start-analysis", id + "&model=video99")
        .then()
        .statusCode(400)
        .body("error", equalTo("There is no such model."));
    get("start-analysis", id + "&model=video9").then().statusCode(200);
    assertThat(detection().options().detectors()).containsExactly("genconvit");
    get("start-analysis", id + "&model=video9").then().statusCode(200);

    get("start-analysis", id + "&model=video10").then().statusCode(400).body("error", notEmpty());
  }

  private static Matcher<String> notEmpty() {
    return not(emptyOrNullString());
  }

  @Test
  void aFailedAnalysisIsAnErrorInTheBody() throws InterruptedException {
    String id = resolved();
    get("start-analysis", id);
    analyses.saveOutcome(
        detection().id(),
        new AnalysisOutcome(null, Problem.of(ProblemType.ANALYSIS_TIMEOUT), Instant.now()));

    get("get-results", id)
        .then()
        .statusCode(200)
        .body("state", equalTo("ERROR"))
        .body("errors", equalTo(List.of(ProblemType.ANALYSIS_TIMEOUT.title())));
  }

  @Test
  void anotherAccountsMediaAreNotThere() throws InterruptedException {
    String id = resolved();
    String theirs = key(accounts.create("Other", Instant.now(), RANDOM).id(), Scope.ANALYSE);
    for (String path : List.of("start-analysis", "check-analysis", "get-results")) {
      as(theirs).get("/api/" + path + "?id=" + id).then().statusCode(404).body("error", notEmpty());
      for (String wrong :
          List.of("x", "..%2F..", id.replace('_', '-'), id.split("_")[0] + "_" + "f".repeat(32))) {
        get(path, wrong).then().statusCode(404).body("error", notEmpty());
      }
      as(key).get("/api/" + path).then().statusCode(400).body("error", notEmpty());
    }
    assertThat(analyses.list(account, null, 10).items()).hasSize(1);
  }

  @Test
  void refusesWhatIsNotAPostInTheOriginalsForm() {
    for (String wrong : List.of("{}", "{\"postUrl\": \"not a link\"}")) {
      as(key)
          .contentType("application/json")
          .body(wrong)
          .post("/api/resolve-media")
          .then()
          .statusCode(400)
          .body("result", equalTo("failure"))
          .body("reason", notEmpty());
    }
    as(key(account, Scope.READ))
        .contentType("application/json")
        .body("{\"postUrl\": \"" + link + "\"}")
        .post("/api/resolve-media")
        .then()
        .statusCode(403);
    given().get("/api/check-analysis?id=x").then().statusCode(401);
  }

  private static DetectorReport scored(String name, double score, ReportTimings took) {
    return DetectorReport.scored(name, "1", Category.FACES, score, Evidence.of(List.of()), took);
  }

  /** Resolves the link, and returns the id of its video. */
  private String resolved() throws InterruptedException {
    CompletableFuture<Response> asked = CompletableFuture.supplyAsync(this::resolve);
    analyses.saveMedia(
        accepted().id(), new ResolvedMedia(List.of(VIDEO, IMAGE), List.of(), Instant.now()));
    return asked.join().path("media[0].id");
  }

  private Response resolve() {
    return as(key)
        .contentType("application/json")
        .body("{\"postUrl\": \"" + link + "\"}")
        .post("/api/resolve-media");
  }

  private Response get(String path, String id) {
    return as(key).get("/api/" + path + "?id=" + id);
  }

  private AnalysisRequest accepted() throws InterruptedException {
    return accepted(1);
  }

  /** The newest analysis, once there are as many. */
  private AnalysisRequest accepted(int count) throws InterruptedException {
    long patience = System.nanoTime() + 20_000_000_000L;
    while (analyses.list(account, null, 10).items().size() < count) {
      if (System.nanoTime() > patience) {
        throw new AssertionError("no analysis was accepted");
      }
      // The requests that are waited for need the processor too.
      Thread.sleep(20);
    }
    return analyses.request(analyses.list(account, null, 1).items().getFirst().id()).orElseThrow();
  }

  private AnalysisRequest detection() {
    return analyses.list(account, null, 10).items().stream()
        .map(item -> analyses.request(item.id()).orElseThrow())
        .filter(request -> request.input().medium() != null)
        .findFirst()
        .orElseThrow();
  }

  private String key(String owner, Scope scope) {
    return keys.create(owner, "test", Set.of(scope), Instant.now(), null).text().reveal();
  }

  private static RequestSpecification as(String apiKey) {
    return given().header("x-api-key", apiKey);
  }
}
