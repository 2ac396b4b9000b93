package org.touchstone.endpoint.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.worker.DetectorRunner;
import org.touchstone.worker.WorkerMetrics;
import org.touchstone.worker.support.Pngs;

/** The container as its callers see it. */
@QuarkusTest
@QuarkusTestResource(ContainerResource.class)
class ContainerTest {
  ContainerResource.Around around;

  @TestHTTPResource URI address;
  @Inject DetectorRunner runner;

  private static ValidatableResponse predictSent(String path, byte[] file) {
    return given().multiPart("file", "any name", file).post(path).then();
  }

  private static ValidatableResponse predictNamed(String path, Map<String, String> request) {
    return given().contentType(ContentType.JSON).body(request).post(path).then();
  }

  private static void isProblem(ValidatableResponse response, int status, String code) {
    response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("code", equalTo(code))
        .body("type", equalTo("urn:touchstone:problem:" + code));
  }

  @Test
  void saysThatItIsReady() {
    given().get("/ping").then().statusCode(200).body("status", equalTo("ready"));
  }

  @Test
  void turnsRequestsAwayWhenAllPlacesAreTaken() throws Exception {
    try (DetectorRunner.Place first = runner.enter();
        DetectorRunner.Place second = runner.enter()) {
      assertThat(first).isNotSameAs(second);
      ValidatableResponse response = predictSent("/predict", Pngs.plain());
      isProblem(response, 503, "endpoint.busy");
      response.header("Retry-After", equalTo("5"));
      saysThatItIsReady();
    }
    predictSent("/predict", Pngs.plain()).statusCode(200);
  }

  @Test
  void listsDetectorsThoseWithoutAModelIncluded() {
    given()
        .get("/models")
        .then()
        .statusCode(200)
        .body("detectors.find { it.name == 'metadata' }.installed", equalTo(true))
        .body("detectors.find { it.name == 'ufd' }.installed", equalTo(false))
        .body(
            "detectors.name",
            hasItems("genconvit", "ftcn", "styleflow", "distil-dire", "transcript"))
        .body("models.size()", equalTo(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/predict", "/invocations"})
  void scoresAnImageThatTellsOfItsGenerator(String path) {
    predictSent(path, Pngs.ofStableDiffusion())
        .statusCode(200)
        .body("reports.find { it.detector == 'metadata' }.status", equalTo("scored"))
        .body("reports.find { it.detector == 'metadata' }.score", equalTo(0.75f))
        .body("reports.find { it.detector == 'ufd' }.reason", equalTo("not-installed"))
        .body("reports.detector", not(hasItem("transcript")))
        .body("provenance.state", equalTo("absent"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/png", "image/jpeg", "video/mp4", "audio/mpeg"})
  void takesAFileAsTheBodyItselfWhateverItsTypeClaims(String type) {
    given()
        .contentType(type)
        .body(Pngs.ofStableDiffusion())
        .post("/invocations")
        .then()
        .statusCode(200)
        .body("reports.find { it.detector == 'metadata' }.score", equalTo(0.75f));
    given()
        .contentType(type)
        .body(Pngs.plain())
        .post("/predict/metadata")
        .then()
        .statusCode(200)
        .body("reports.detector", equalTo(List.of("metadata")));
  }

  @Test
  void refusesABodyThatIsNoMedium() {
    isProblem(
        given()
            .contentType("image/png")
            .body("nothing".getBytes(StandardCharsets.UTF_8))
            .post("/invocations")
            .then(),
        422,
        "media.unsupported");
    isProblem(
        given().contentType("image/png").body(new byte[0]).post("/invocations").then(),
        422,
        "media.empty");
    given().contentType("text/plain").body("x").post("/invocations").then().statusCode(415);
  }

  @Test
  void aFaultOfTheMachineIsAnErrorOfTheServer() {
    EndpointProblemMappers mappers = new EndpointProblemMappers(WorkerMetrics.unobserved());
    for (Response response :
        List.of(
            mappers.unexpected(new NoClassDefFoundError("Could not initialize class avutil")),
            mappers.unexpected(new IOException("No space left on device")),
            mappers.problem(
                new EnvironmentFault(EnvironmentFault.Kind.MODELS, new IOException("secret"))))) {
      assertThat(response.getStatus()).isEqualTo(503);
      assertThat(response.getEntity().toString())
          .contains("environment.fault")
          .doesNotContain("avutil", "secret");
    }
  }

  @Test
  void runsOnlyTheDetectorThatIsNamed() {
    predictSent("/predict/metadata", Pngs.plain())
        .statusCode(200)
        .body("reports.detector", equalTo(List.of("metadata")))
        .body("reports[0].reason", equalTo("no-signal"));
  }

  @Test
  void knowsNoOtherDetectors() {
    isProblem(predictSent("/predict/nothing", Pngs.plain()), 404, "detector.not-found");
    isProblem(predictNamed("/predict/nothing", Map.of("url", "x")), 404, "detector.not-found");
  }

  @Test
  void readsFilesBelowItsFolder() {
    predictNamed("/predict", Map.of("file_path", "photo.png"))
        .statusCode(200)
        .body("reports.detector", hasItem("metadata"));
    predictNamed("/predict", Map.of("file_path", around.files().resolve("photo.png").toString()))
        .statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc/passwd", "/no/such/file", "../secret.png", "../nothing", "link.png"})
  void readsNoFilesElsewhere(String path) {
    isProblem(predictNamed("/predict", Map.of("file_path", path)), 403, "source.forbidden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing.png", "."})
  void saysWhenThereIsNoSuchFile(String path) {
    ValidatableResponse response = predictNamed("/predict", Map.of("file_path", path));
    isProblem(response, 422, "fetch.not-found");
    response.body("detail", not(containsString(around.files().toString())));
  }

  @Test
  void fetchesFromAllowedAddresses() {
    predictNamed("/predict", Map.of("url", around.media() + "photo.png"))
        .statusCode(200)
        .body("reports.detector", hasItem("metadata"));
  }

  @Test
  void fetchesFromNoOtherAddresses() {
    String secret = around.media().replace("media/", "secret.png");
    isProblem(predictNamed("/predict", Map.of("url", secret)), 403, "source.forbidden");
    isProblem(
        predictNamed("/predict", Map.of("url", "http://169.254.169.254/latest/meta-data/")),
        403,
        "source.forbidden");
  }

  @Test
  void followsNoRedirects() {
    isProblem(
        predictNamed("/predict", Map.of("url", around.media() + "elsewhere")), 422, "fetch.failed");
  }

  @Test
  void saysWhyAnAddressGivesNoMedium() {
    isProblem(
        predictNamed("/predict", Map.of("url", around.media() + "gone")), 422, "fetch.not-found");
    isProblem(
        predictNamed("/predict", Map.of("url", around.media() + "large")), 422, "media.too-large");
  }

  @Test
  void refusesWhatIsNoMedium() {
    isProblem(
        predictSent("/predict", "#EXTM3U\nfile:///etc/passwd\n".getBytes(StandardCharsets.UTF_8)),
        422,
        "media.unsupported");
    isProblem(predictSent("/predict", new byte[0]), 422, "media.empty");
  }

  @Test
  void refusesRequestsThatSayNothingOrTooMuch() {
    isProblem(predictNamed("/predict", Map.of()), 400, "request.invalid");
    isProblem(
        predictNamed("/predict", Map.of("url", "x", "file_path", "y")), 400, "request.invalid");
    isProblem(
        given().contentType(ContentType.JSON).body("{").post("/predict").then(),
        400,
        "request.invalid");
    isProblem(
        given().contentType(ContentType.JSON).post("/predict").then(), 400, "request.invalid");
    isProblem(given().multiPart("other", "part").post("/predict").then(), 400, "request.invalid");
    isProblem(
        given().contentType(ContentType.TEXT).body("x").post("/predict").then(),
        415,
        "request.invalid");
    isProblem(given().get("/nothing").then(), 404, "request.invalid");
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void refusesRequestsThatAnnounceTooMuch(HttpClient.Version version) throws Exception {
    HttpResponse<String> response =
        send(version, HttpRequest.BodyPublishers.ofByteArray(formBeyondTheLimit()));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.body()).contains("urn:touchstone:problem:request.too-large");
  }

  @Test
  void refusesRequestsThatTurnOutToBeTooMuch() throws Exception {
    HttpResponse<String> response =
        send(
            HttpClient.Version.HTTP_1_1,
            HttpRequest.BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream(formBeyondTheLimit())));

    assertThat(response.statusCode()).isEqualTo(413);
    saysThatItIsReady();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n0000",
        "--x\r\nContent-Disposition: form-data; name=\"fi",
        "--x",
        ""
      })
  void formThatIsCutOffIsTheSendersFault(String form) throws Exception {
    HttpResponse<String> response =
        send(HttpClient.Version.HTTP_1_1, HttpRequest.BodyPublishers.ofString(form));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.body()).contains("urn:touchstone:problem:request.invalid");
  }

  private static byte[] formBeyondTheLimit() {
    String form =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"
            + "0".repeat(ContainerResource.MAX_BYTES)
            + "\r\n--x--\r\n";
    return form.getBytes(StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(HttpClient.Version version, HttpRequest.BodyPublisher body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/predict"))
            .version(version)
            .header("Content-Type", "multipart/form-data; boundary=x")
            .POST(body)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void worksItsQueueAndCountsWhatItDoes() {
    Job job =
        around
            .work()
            .job(around.work().store(Pngs.ofStableDiffusion()), "a-token", JobOptions.DEFAULT);
    around.stepFunctions().open("a-token");

    around.queue().send(job);

    await().atMost(Duration.ofSeconds(90)).until(around.queue()::isEmpty);
    assertThat(around.work().analyses().reports(job.analysisId())).hasSize(1);
    assertThat(around.stepFunctions().ended()).hasSize(1);
    given()
        .get("/metrics")
        .then()
        .statusCode(200)
        .body(containsString("touchstone_jobs_total{endpoint=\"image\",outcome=\"succeeded\"} 1.0"))
        .body(containsString("touchstone_stage_seconds_count{endpoint=\"image\",stage=\"detect\"}"))
        .body(containsString("touchstone_queue_age_seconds_count{endpoint=\"image\"} 1"))
        .body(containsString("touchstone_jobs_running{endpoint=\"image\"} 0.0"))
        .body(containsString("touchstone_report_cache_total{endpoint=\"image\",result=\"miss\"}"))
        .body(containsString("touchstone_detector_reports_total{detector=\"metadata\""));
  }
}
