package org.touchstone.emulators.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.jpegWith;
import static org.touchstone.testing.media.Containers.pngWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Json;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Provenance;
import org.touchstone.testing.media.C2pa;

/**
 * Runs each {@code function.zip} under Lambda's runtime, JVM or native, whichever was built. A
 * function that works here contains its handler, its configuration, and everything that its
 * libraries need.
 */
class PackagedFunctionsTest {
  @TempDir static Path folder;

  private static LoopbackAccount account;

  @BeforeAll
  static void open() {
    account = new LoopbackAccount();
  }

  @AfterAll
  static void close() {
    account.close();
  }

  private static FunctionProcess start(DeployedFunction function) throws IOException {
    return new FunctionProcess(Packages.of(function), account.environment(function.environment()));
  }

  private static JsonNode answer(FunctionProcess function, String event) throws Exception {
    Invocation end = function.invoke(event, Events.TRACE);
    assertThat(end)
        .as(() -> String.join("\n", function.output()))
        .isInstanceOf(Invocation.Response.class);
    return Json.mapper().readTree(((Invocation.Response) end).payload());
  }

  private static String of(String analysisId) {
    return "{\"analysisId\": \"%s\"}".formatted(analysisId);
  }

  @Test
  void intakeAcceptsAnAnalysisAndTellsHowItIsGettingOn() throws Exception {
    String key = account.newApiKey();
    try (FunctionProcess intake = start(DeployedFunction.INTAKE)) {
      JsonNode stranger =
          answer(intake, Events.apiRequest("GET", "/v1/analyses", "null", "of nobody"));
      assertThat(stranger.path("statusCode").asInt()).isEqualTo(401);

      JsonNode accepted =
          answer(
              intake,
              Events.apiRequest(
                  "POST",
                  "/v1/analyses",
                  "\"{\\\"url\\\": \\\"https://example.org/a.jpg\\\"}\"",
                  key));
      assertThat(accepted.path("statusCode").asInt()).isEqualTo(202);
      String id = Json.mapper().readTree(accepted.path("body").asText()).path("id").asText();

      assertThat(account.calls())
          .filteredOn(call -> call.input().path("name").asText().equals(id))
          .singleElement()
          .satisfies(
              call -> {
                assertThat(call.action()).isEqualTo("StartExecution");
                assertThat(call.input().path("input").asText())
                    .isEqualTo("{\"analysisId\":\"" + id + "\"}");
                assertThat(call.traceHeader()).contains("Root=1-6746f2a1");
              });

      JsonNode shown = answer(intake, Events.apiRequest("GET", "/v1/analyses/" + id, "null", key));
      assertThat(shown.path("statusCode").asInt()).isEqualTo(200);
      assertThat(shown.path("body").asText()).contains("\"status\":\"queued\"");

      JsonNode none = answer(intake, Events.apiRequest("GET", "/v1/analyses/none", "null", key));
      assertThat(none.path("statusCode").asInt()).isEqualTo(404);
      assertThat(none.path("body").asText()).contains("analysis.not-found");

      JsonNode upload =
          answer(intake, Events.apiRequest("POST", "/v1/uploads", "\"{\\\"bytes\\\": 10}\"", key));
      assertThat(upload.path("statusCode").asInt()).isEqualTo(201);

      intake.awaitLine("\"AnalysesAccepted\":1.0", id);
    }
  }

  @Test
  void resolveStoresAnUploadAndAnswersWhatCannotBeResolved() throws Exception {
    String uploadId = "0".repeat(26);
    account.objects().put("uploads/" + uploadId, picture("png"), "image/png");
    String uploaded =
        Events.requested(account.analyses(), AnalysisInput.ofUpload(uploadId, "a.png"));
    String blocked =
        Events.requested(
            account.analyses(), AnalysisInput.ofUrl("http://169.254.169.254/latest/meta-data/"));

    try (FunctionProcess resolve = start(DeployedFunction.RESOLVE)) {
      JsonNode resolved = answer(resolve, of(uploaded));
      JsonNode jobs = resolved.path("jobs");
      assertThat(jobs).as(resolved::toString).hasSize(1);
      assertThat(jobs.at("/0/media/mimeType").asText()).isEqualTo("image/png");
      assertThat(jobs.at("/0/queueUrl").asText()).isEqualTo("https://sqs.example/image");

      JsonNode refused = answer(resolve, of(blocked));
      assertThat(refused.path("resolved").asBoolean()).isFalse();
      assertThat(refused.at("/problem/type").asText()).isEqualTo("link.blocked");
      resolve.awaitLine("\"PlatformFailures\":1.0", "\"Reason\":\"link.blocked\"", blocked);
    }
  }

  @Test
  void resolveReadsWhatPicturesSayOfThemselves() throws Exception {
    byte[] store =
        new C2pa()
            .manifest("ChatGPT", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Sora"))
            .store();
    Path named = write("named.png", picture("png"));
    pngWith(named, "tEXt", ascii("parameters\0a cat\nSteps: 20, Sampler: Euler a, Seed: 42"));
    Path signed = write("signed.jpg", picture("jpg"));
    jpegWith(signed, 0xeb, new byte[] {'J', 'P', 0, 1, 0, 0, 0, 1}, store);

    try (FunctionProcess resolve = start(DeployedFunction.RESOLVE)) {
      JobReports ofNamed = reported(resolve, "1".repeat(26), named);
      assertThat(ofNamed.reports().getFirst().evidence().generator())
          .isEqualTo("Stable Diffusion web UI");

      JobReports ofSigned = reported(resolve, "2".repeat(26), signed);
      assertThat(ofSigned.reports().getFirst().evidence().generator()).isEqualTo("OpenAI");
      assertThat(ofSigned.provenance().state()).isEqualTo(Provenance.State.PRESENT_UNVERIFIED);
      assertThat(ofSigned.provenance().generator()).isEqualTo("ChatGPT");
    }
  }

  private static JobReports reported(FunctionProcess resolve, String uploadId, Path file)
      throws Exception {
    account.objects().put("uploads/" + uploadId, Files.readAllBytes(file), "image/any");
    String id = Events.requested(account.analyses(), AnalysisInput.ofUpload(uploadId, "picture"));
    JsonNode resolved = answer(resolve, of(id));
    assertThat(resolved.at("/jobs/0/metadataRead").asBoolean()).as(resolved::toString).isTrue();
    return account.analyses().media(id).orElseThrow().reports().getFirst();
  }

  private static Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  @Test
  void voteAnswersWithTheVerdictAndAnErrorDoesNotEndTheProcess() throws Exception {
    String id = Events.reported(account.analyses());
    try (FunctionProcess vote = start(DeployedFunction.VOTE)) {
      Invocation unknown =
          vote.invoke(
              "{\"analysisId\": \"%s\", \"jobs\": []}".formatted("9".repeat(26)), Events.TRACE);
      assertThat(unknown).isInstanceOf(Invocation.Failure.class);
      assertThat(((Invocation.Failure) unknown).payload()).contains("IllegalStateException");

      assertThat(vote.invoke("[1, 2]", Events.TRACE)).isInstanceOf(Invocation.Failure.class);

      JsonNode ended =
          answer(
              vote,
              "{\"analysisId\": \"%s\", \"jobs\": [{\"mediaId\": \"m\", \"endpoint\": \"image\"}]}"
                  .formatted(id));
      assertThat(ended.path("level").asText()).isEqualTo("uncertain");
      vote.awaitLine("\"AnalysesEnded\":1.0", "\"Level\":\"uncertain\"", id);
    }
    assertThat(account.analyses().analysis(id).orElseThrow().status())
        .isEqualTo(AnalysisStatus.COMPLETE);
  }

  @Test
  void recordFailureStoresItAndLogsJsonWithTheAnalysisId() throws Exception {
    String id =
        Events.requested(account.analyses(), AnalysisInput.ofUrl("https://example.org/a.jpg"));
    try (FunctionProcess recordFailure = start(DeployedFunction.RECORD_FAILURE)) {
      JsonNode ended =
          answer(
              recordFailure,
              "{\"analysisId\": \"%s\", \"error\": \"States.Timeout\", \"cause\": \"c\"}"
                  .formatted(id));
      assertThat(ended.path("status").asText()).isEqualTo("failed");

      JsonNode line = Json.mapper().readTree(recordFailure.awaitLine("States.Timeout"));
      assertThat(line.path("level").asText()).isEqualTo("ERROR");
      assertThat(line.at("/mdc/analysisId").asText()).isEqualTo(id);
      assertThat(line.at("/mdc/traceId").asText()).isEqualTo("1-6746f2a1-0123456789abcdef01234567");
    }
    assertThat(account.analyses().outcome(id).orElseThrow().error())
        .isEqualTo(Problem.of(ProblemType.ANALYSIS_TIMEOUT));
  }

  @Test
  void endLostJobEndsItsTask() throws Exception {
    String id = Events.reported(account.analyses());
    String body = Json.string(Json.string(Events.job(id, "token-of-a-lost-job")));
    try (FunctionProcess endLostJob = start(DeployedFunction.END_LOST_JOB)) {
      assertThat(answer(endLostJob, Events.messages(body, "\"no job\"")).path("batchItemFailures"))
          .isEmpty();
    }
    assertThat(account.calls())
        .filteredOn(call -> call.action().equals("SendTaskFailure"))
        .singleElement()
        .satisfies(
            call ->
                assertThat(call.input().path("taskToken").asText())
                    .isEqualTo("token-of-a-lost-job"));
  }

  @Test
  void batchesLeavesAnalysesOfNoBatchAlone() throws Exception {
    String id = Events.requested(account.analyses(), AnalysisInput.ofUrl("https://example.org/a"));
    String ended = "{\"detail\": {\"analysisId\": \"" + id + "\", \"status\": \"complete\"}}";
    String task = "{\"accountId\": \"a\", \"batchId\": \"" + "7".repeat(26) + "\", \"tick\": 0}";
    try (FunctionProcess batches = start(DeployedFunction.BATCHES)) {
      assertThat(
              answer(batches, Events.messages(Json.string(ended), Json.string(task)))
                  .path("batchItemFailures"))
          .isEmpty();
    }
  }

  @Test
  void partnersAsksAVoterAndStoresItsReport() throws Exception {
    String id =
        Events.requested(account.analyses(), AnalysisInput.ofUrl("https://example.org/a.jpg"));
    HttpServer voter =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    voter.createContext(
        "/check",
        exchange -> {
          byte[] answer = "{\"frames\": [{\"p\": 20}, {\"p\": 70}]}".getBytes();
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    voter.start();
    String voters =
        """
        [{"name": "own", "provider": "Example", "tracks": ["image"],
          "address": "http://127.0.0.1:%d",
          "requests": [{"url": "{address}/check", "send": "presigned", "json": {"url": "{medium}"}}],
          "answer": "{'score': $max(frames.p) / 100, 'evidence': {'n': $string($count($$.frames))}}"},
         {"name": "hive", "preset": "hive", "tracks": ["image"], "secret": "hive"}]
        """
            .formatted(voter.getAddress().getPort());
    Map<String, String> environment =
        account.environment(
            Map.of(
                "TOUCHSTONE_PARTNERS_VOTERS", voters, "TOUCHSTONE_PARTNERS_ALLOW_PRIVATE", "true"));
    try (FunctionProcess partners =
        new FunctionProcess(Packages.of(DeployedFunction.PARTNERS), environment)) {
      String body = Json.string(Json.string(Events.job(id, "token-of-partners")));
      assertThat(answer(partners, Events.messages(body, "\"no job\"")).path("batchItemFailures"))
          .isEmpty();
    } finally {
      voter.stop(0);
    }
    List<DetectorReport> reports = account.analyses().reports(id).getFirst().reports();
    assertThat(reports.getFirst().score()).isEqualTo(0.7);
    assertThat(reports.getFirst().evidence().findings())
        .extracting(Evidence.Finding::name)
        .containsExactly("sent", "n");
    assertThat(reports.getLast().detail()).contains("secret of Hive");
  }

  @Test
  void functionThatCannotStartTellsLambda() throws Exception {
    Map<String, String> environment =
        account.environment(Map.of("QUARKUS_LAMBDA_HANDLER", "no-such-handler"));
    FunctionPackage vote = Packages.of(DeployedFunction.VOTE);
    try (FunctionProcess broken = new FunctionProcess(vote, environment)) {
      if (vote.isNative()) {
        // Quarkus' own loop ends without a word; Lambda reports the exit as Runtime.ExitError.
        assertThat(broken.awaitExit()).isEqualTo(1);
      } else {
        assertThat(broken.awaitInitError().payload()).contains("errorMessage");
      }
    }
  }

  @Test
  void sweepDoesWhatIsDue() throws Exception {
    try (FunctionProcess sweep = start(DeployedFunction.SWEEP)) {
      JsonNode done = answer(sweep, "{}").path("done");

      assertThat(done.path("deletions").asInt(-1)).isZero();
      assertThat(done.path("retention").asInt(-1)).isZero();
      assertThat(done.path("reservations").asInt(-1)).isZero();
    }
  }

  /** They have no role here to run with, as a deployment that sells nothing has none of them. */
  @Test
  void functionsOfSellingAnswerWhereNothingIsSold() throws Exception {
    FunctionPackage billing =
        FunctionPackage.unpack(
            Packages.FUNCTIONS.resolve("billing/target/function.zip"), folder.resolve("billing"));
    assertThat(billing.zipBytes()).isLessThan((billing.isNative() ? 35 : 25) * 1_000_000L);
    try (FunctionProcess export = new FunctionProcess(billing, account.environment(Map.of()))) {
      JsonNode exported = answer(export, "{}");
      assertThat(exported.path("records").asInt(-1)).isZero();
      assertThat(exported.path("units").asLong(-1)).isZero();
    }
    try (FunctionProcess buying = selling(billing, "buying")) {
      String event =
          Events.callback("0", "\"x-amzn-marketplace-token=a\"")
              .replace("/v1/callbacks/{token}", "/v1/marketplace/register");
      JsonNode refused = answer(buying, event);
      assertThat(refused.path("statusCode").asInt()).as(refused.toString()).isBetween(400, 499);
    }
    try (FunctionProcess notices = selling(billing, "notices")) {
      JsonNode heeded = answer(notices, Events.messages("\"no notice\""));
      assertThat(heeded.path("batchItemFailures").isArray()).isTrue();
    }
  }

  private static FunctionProcess selling(FunctionPackage billing, String handler)
      throws IOException {
    return new FunctionProcess(
        billing, account.environment(Map.of("QUARKUS_LAMBDA_HANDLER", handler)));
  }

  @Test
  void exportSendsNothingWhereNothingIsSold() throws Exception {
    try (FunctionProcess export = start(DeployedFunction.EXPORT)) {
      assertThat(answer(export, "{}").path("records").asInt(-1)).isZero();
    }
  }

  @Test
  void buyingAnswersBuyersWithoutAProof() throws Exception {
    String sold =
        """
        {"marketplace": {"productCode": "p", "dimension": "usage", "unitMicros": 1000},
         "stripe": {"meter": "mtr_1", "eventName": "e", "unitMicros": 1000, "price": "price_1"}}
        """;
    Map<String, String> environment =
        account.environment(
            Map.of("QUARKUS_LAMBDA_HANDLER", "buying", "TOUCHSTONE_BILLING_SOLD", sold));
    String event =
        """
        {"resource": "/v1/marketplace/register", "httpMethod": "POST", "headers": {}, "body": "a=b"}
        """;
    try (FunctionProcess buying =
        new FunctionProcess(Packages.of(DeployedFunction.BUYING), environment)) {
      JsonNode refused = answer(buying, event);

      assertThat(refused.path("statusCode").asInt()).isEqualTo(400);
      assertThat(refused.path("body").asText()).contains("purchase.invalid");
    }
  }

  @Test
  void noticesLeavesWhatCannotBeReadInTheQueue() throws Exception {
    try (FunctionProcess notices = start(DeployedFunction.NOTICES)) {
      String other = "{\"action\": \"unsubscribe-success\", \"product-code\": \"of another\"}";
      assertThat(
              answer(notices, Events.messages(Json.string(other), "\"not a notice\""))
                  .path("batchItemFailures"))
          .hasSize(1);
    }
  }

  @Test
  void packagesStaySmall() {
    assertThat(List.of(DeployedFunction.values()))
        .extracting(Packages::of)
        .allSatisfy(
            unpacked ->
                assertThat(unpacked.zipBytes())
                    .isLessThan((unpacked.isNative() ? 35 : 25) * 1_000_000L));
  }

  private static byte[] picture(String format) throws IOException {
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), format, picture);
    return picture.toByteArray();
  }
}
