package org.touchstone.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.touchstone.billing.CapLimit;
import org.touchstone.billing.Caps;
import org.touchstone.billing.DayUsage;
import org.touchstone.billing.PriceList;
import org.touchstone.billing.Unit;
import org.touchstone.billing.UsageLine;
import org.touchstone.billing.statement.Statement;
import org.touchstone.billing.statement.Statements;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DeclaredAi;
import org.touchstone.domain.DetectorFacts;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Json;
import org.touchstone.domain.LevelOverride;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.MissingMedium;
import org.touchstone.domain.Modality;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Priority;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemDetails;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.ReportTimings;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Retention;
import org.touchstone.domain.S3Location;
import org.touchstone.domain.ThirdParties;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.account.Account;
import org.touchstone.domain.account.ApiKey;
import org.touchstone.domain.account.Payer;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.batch.BatchStatus;
import org.touchstone.domain.batch.BatchSummary;
import org.touchstone.domain.batch.WrongLine;
import org.touchstone.domain.feedback.Feedback;
import org.touchstone.domain.feedback.Opinion;
import org.touchstone.domain.people.Label;
import org.touchstone.domain.people.PlatformAccount;
import org.touchstone.domain.people.VerifiedSource;
import org.touchstone.domain.provenance.Credential;
import org.touchstone.domain.provenance.CredentialSignature;
import org.touchstone.domain.provenance.Signal;
import org.touchstone.domain.provenance.Step;
import org.touchstone.domain.provenance.Versions;
import org.touchstone.domain.provenance.Voucher;
import org.touchstone.domain.voting.AnalysisEvidence;
import org.touchstone.domain.voting.GroundTruth;
import org.touchstone.domain.voting.VotingPolicy;
import org.touchstone.domain.webhook.AnalysisData;
import org.touchstone.domain.webhook.Attempt;
import org.touchstone.domain.webhook.Delivery;
import org.touchstone.domain.webhook.DeliveryStatus;
import org.touchstone.domain.webhook.EventType;
import org.touchstone.domain.webhook.Webhook;
import org.touchstone.domain.webhook.WebhookMessage;
import org.touchstone.intake.access.AccountsResource;
import org.touchstone.intake.access.KeysResource;
import org.touchstone.intake.access.MembersResource;
import org.touchstone.intake.detectors.DetectorView;
import org.touchstone.intake.detectors.DetectorsResource;
import org.touchstone.intake.feedback.FeedbackResource;
import org.touchstone.intake.money.CapUse;
import org.touchstone.intake.money.CapsResource;
import org.touchstone.intake.money.PricesResource;
import org.touchstone.intake.money.UsageResource;
import org.touchstone.intake.people.LabelsResource;
import org.touchstone.intake.people.SourcesResource;
import org.touchstone.intake.share.SharesResource;
import org.touchstone.intake.share.ShownShare;
import org.touchstone.intake.statements.StatementsResource;
import org.touchstone.intake.truemedia.TrueMediaTypes;
import org.touchstone.intake.webhooks.WebhooksResource;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AnalysisPage;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.AnalysisSummary;
import org.touchstone.storage.AuditEntry;
import org.touchstone.storage.AuditPage;
import org.touchstone.storage.BatchStore;
import org.touchstone.storage.DownloadLink;
import org.touchstone.storage.FeedbackPage;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.LabelPage;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.SourcePage;
import org.touchstone.storage.Upload;

/** The contract says what the API does, and the API does what the contract says. */
@QuarkusTest
@QuarkusTestResource(Aws.class)
class OpenApiTest {
  private static final Contract CONTRACT = Contract.read();

  /** The records and enums that requests and answers consist of, by their schemas' names. */
  private static final Map<String, Class<?>> TYPES = types();

  @Inject KeyStore keys;
  @Inject AccountStore accounts;
  @Inject AnalysisStore analyses;
  @Inject ObjectStore objects;

  private static Map<String, Class<?>> types() {
    Map<String, Class<?>> types = new LinkedHashMap<>();
    for (Class<?> type :
        List.of(
            Analysis.class,
            Analysis.PendingJob.class,
            Analysis.Preliminary.class,
            Analysis.Timings.class,
            Analysis.MediaProvenance.class,
            AnalysesResource.Accepted.class,
            AnalysesResource.NewAnalysis.class,
            AnalysisInput.class,
            AnalysisPage.class,
            AnalysisStatus.class,
            AnalysisSummary.class,
            Account.class,
            AccountsResource.Accounts.class,
            AccountsResource.NewAccount.class,
            ApiKey.class,
            CapLimit.class,
            CapUse.class,
            Caps.class,
            CapsResource.AccountCaps.class,
            DayUsage.class,
            PriceList.class,
            PricesResource.NewPrices.class,
            PricesResource.Prices.class,
            Unit.class,
            UsageLine.class,
            UsageResource.Total.class,
            UsageResource.Usage.class,
            Category.class,
            Compute.class,
            Evidence.class,
            Evidence.Faces.class,
            Evidence.Finding.class,
            Evidence.Passage.class,
            Evidence.Peak.class,
            Evidence.Person.class,
            Evidence.Region.class,
            Evidence.Speech.class,
            Evidence.TimelineSegment.class,
            Feedback.class,
            FeedbackPage.class,
            FeedbackResource.NewFeedback.class,
            SharesResource.NewShare.class,
            SharesResource.Shares.class,
            ShownShare.class,
            Opinion.class,
            MembersResource.NewMember.class,
            MembersResource.ShownMember.class,
            MembersResource.Members.class,
            KeysResource.Keys.class,
            KeysResource.NewApiKey.class,
            KeysResource.Rotation.class,
            KeysResource.ShownKey.class,
            MediaSource.class,
            MissingMedium.class,
            Modality.class,
            PostContext.class,
            Problem.class,
            ProblemDetails.class,
            Reason.class,
            Reliability.class,
            Reliability.Combination.class,
            Reliability.Counts.class,
            ReportStatus.class,
            ReportTimings.class,
            S3Location.class,
            Scope.class,
            Priority.class,
            ThirdParties.class,
            Upload.class,
            UploadsResource.NewUpload.class,
            Verdict.class,
            Verdict.Basis.class,
            Verdict.Level.class,
            Verdict.Likelihood.class,
            Verdict.MediaVerdict.class,
            Verdict.Side.class,
            Verdict.TrackVerdict.class,
            Verdict.VerdictReason.class,
            Verdict.Vote.class,
            AnalysisData.class,
            Attempt.class,
            Delivery.class,
            DeliveryStatus.class,
            EventType.class,
            Webhook.class,
            WebhookMessage.class,
            WebhooksResource.Deliveries.class,
            WebhooksResource.NewWebhook.class,
            WebhooksResource.SecretRotation.class,
            WebhooksResource.ShownWebhook.class,
            WebhooksResource.Trial.class,
            WebhooksResource.Webhooks.class,
            AuditEntry.class,
            AuditPage.class,
            GroundTruth.class,
            Label.class,
            LabelPage.class,
            LabelsResource.NewLabel.class,
            LevelOverride.class,
            LevelOverride.Holder.class,
            LevelOverride.Identity.class,
            PlatformAccount.class,
            SourcePage.class,
            SourcesResource.NewSource.class,
            VerifiedSource.class,
            BatchStatus.class,
            BatchSummary.class,
            BatchSummary.LineCounts.class,
            WrongLine.class)) {
      types.put(type.getSimpleName(), type);
    }
    types.put("ChosenMedium", AnalysisInput.ChosenMedium.class);
    types.put("DecidedBy", LevelOverride.By.class);
    types.put("DecidedMedium", LevelOverride.Medium.class);
    types.put("BatchPage", BatchStore.Page.class);
    types.put("Detector", DetectorView.class);
    types.put("Detectors", DetectorsResource.Detectors.class);
    types.put("DownloadLink", DownloadLink.class);
    types.put("Figures", DetectorFacts.Figures.class);
    types.put("Months", StatementsResource.Months.class);
    types.put("Month", Statements.Month.class);
    types.put("Statement", Statement.class);
    types.put("StatementLine", Statement.Line.class);
    types.put("StatementFreeLine", Statement.FreeLine.class);
    types.put("StatementLateLine", Statement.LateLine.class);
    types.put("StatementTotal", Statement.Total.class);
    types.put("Payer", Payer.class);
    types.put("MarketplacePayer", Payer.Marketplace.class);
    types.put("StripePayer", Payer.Stripe.class);
    types.put("Medium", MediaItem.class);
    types.put("Retention", Retention.class);
    types.put("Options", JobOptions.class);
    types.put("DeclaredAi", DeclaredAi.class);
    types.put("DeclaredExtent", DeclaredAi.Extent.class);
    types.put("DeclaredBy", DeclaredAi.By.class);
    types.put("ProvenanceState", Provenance.State.class);
    types.put("ProvenanceProblem", org.touchstone.domain.provenance.Problem.class);
    types.put("ProvenanceLabel", org.touchstone.domain.provenance.Label.class);
    types.put("LabelMeaning", org.touchstone.domain.provenance.Label.Meaning.class);
    types.put("Forgeability", org.touchstone.domain.provenance.Label.Forgeability.class);
    types.put("SignedStatement", org.touchstone.domain.provenance.Statement.class);
    types.put("ProvenanceSignal", Signal.class);
    types.put("ProvenanceStep", Step.class);
    types.put("ProvenanceStepKind", Step.Kind.class);
    types.put("ProvenanceVersions", Versions.class);
    types.put("Credential", Credential.class);
    types.put("CredentialSignature", CredentialSignature.class);
    types.put("Voucher", Voucher.class);
    types.put("Report", Analysis.MediaReport.class);
    types.put("Waveform", Analysis.MediaWaveform.class);
    types.putAll(TrueMediaTypes.byName());
    return types;
  }

  @Test
  void listsEveryRouteAndNoOther() throws IOException {
    Set<String> routes = new TreeSet<>();
    Json.mapper()
        .readTree(Path.of("target/classes/META-INF/touchstone/deployment.json").toFile())
        .path("routes")
        .forEach(route -> routes.add(route.asText()));
    Set<String> described = new TreeSet<>(CONTRACT.operations());
    // The pages are for people; PageRoutesTest holds their list against the code.
    new YAMLMapper()
        .readTree(Path.of("pages.yaml").toFile())
        .path("paths")
        .properties()
        .forEach(
            page ->
                page.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + page.getKey())));
    assertThat(described).isEqualTo(routes);
  }

  @Test
  void describesEveryTypeAndNoOther() {
    assertThat(CONTRACT.schemas()).isEqualTo(new TreeSet<>(TYPES.keySet()));
  }

  @Test
  void hasEveryFieldAndValueOfEveryTypeAndNoOther() {
    ObjectMapper mapper = Json.mapper();
    TYPES.forEach(
        (name, type) -> {
          if (type.isEnum()) {
            Set<String> values = new TreeSet<>();
            Arrays.stream(type.getEnumConstants())
                .forEach(value -> values.add(mapper.valueToTree(value).asText()));
            assertThat(CONTRACT.values(name)).as(name).isEqualTo(values);
          } else {
            assertThat(CONTRACT.fields(name).keySet())
                .as(name)
                .containsExactlyInAnyOrderElementsOf(fields(mapper, type));
          }
        });
  }

  /** The fields of a record as Jackson writes them. */
  private static Set<String> fields(ObjectMapper mapper, Class<?> type) {
    Set<String> fields = new TreeSet<>();
    for (BeanPropertyDefinition field :
        mapper.getSerializationConfig().introspect(mapper.constructType(type)).findProperties()) {
      Class<?> inner = field.getRawPrimaryType();
      boolean unwrapped = field.getPrimaryMember().hasAnnotation(JsonUnwrapped.class);
      if (unwrapped) {
        fields.addAll(fields(mapper, inner));
      } else if (type.isRecord()
          && Arrays.stream(type.getRecordComponents())
              .anyMatch(component -> component.getName().equals(field.getInternalName()))) {
        fields.add(field.getName());
      }
    }
    return fields;
  }

  @Test
  void answersAsItSays() {
    accounts.open("local", "First", Instant.now());
    RequestSpecification admin = as(Scope.ADMIN);
    String link = "{\"url\": \"https://example.org/photo.jpg\"}";
    Response accepted =
        hold("POST", "/v1/analyses", json(as(Scope.ANALYSE), link).post("/v1/analyses"));
    String id = accepted.path("id");
    hold("GET", "/v1/analyses/{id}", as(Scope.READ).get("/v1/analyses/" + id));
    hold("GET", "/v1/analyses/{id}", as(Scope.READ).get("/v1/analyses/" + "7".repeat(26)));
    hold("GET", "/v1/analyses", as(Scope.READ).get("/v1/analyses?limit=2"));
    hold("GET", "/v1/analyses", as(Scope.READ).get("/v1/analyses?limit=0"));
    hold("GET", "/v1/analyses", given().get("/v1/analyses"));
    hold("GET", "/v1/analyses", as(Scope.READ).get("/v1/analyses?level=high&platform=x"));
    hold("GET", "/v1/analyses/{id}", as(Scope.READ).get("/v1/analyses/" + id + "?wait=x"));
    hold("GET", "/v1/detectors", as(Scope.READ).get("/v1/detectors"));
    hold(
        "POST",
        "/v1/analyses",
        json(
                as(Scope.ANALYSE),
                "{\"url\": \"https://example.org/\", \"options\": {\"detectors\": [\"x\"]}}")
            .post("/v1/analyses"));
    hold("POST", "/v1/analyses", json(as(Scope.READ), link).post("/v1/analyses"));
    hold("POST", "/v1/analyses", json(as(Scope.ANALYSE), "{").post("/v1/analyses"));
    hold("POST", "/v1/analyses", as(Scope.ANALYSE).body("x").post("/v1/analyses"));
    hold(
        "POST",
        "/v1/analyses",
        json(as(Scope.ANALYSE), "{\"uploadId\": \"" + "7".repeat(26) + "\"}").post("/v1/analyses"));
    hold("POST", "/v1/uploads", json(as(Scope.ANALYSE), "{\"bytes\": 10}").post("/v1/uploads"));
    hold("POST", "/v1/uploads", json(as(Scope.ANALYSE), "{\"bytes\": -1}").post("/v1/uploads"));
    hold("POST", "/v1/accounts", json(as(Scope.ADMIN), "{\"name\": \"A\"}").post("/v1/accounts"));
    hold("POST", "/v1/accounts", json(as(Scope.ADMIN), "{}").post("/v1/accounts"));
    String month = YearMonth.now(ZoneOffset.UTC).toString();
    hold("GET", "/v1/statements", as(Scope.READ).get("/v1/statements"));
    hold("GET", "/v1/statements/{month}", as(Scope.READ).get("/v1/statements/" + month));
    hold("GET", "/v1/statements/{month}", as(Scope.READ).get("/v1/statements/1999-01"));
    hold("GET", "/v1/statements/{month}", as(Scope.READ).get("/v1/statements/never"));
    hold("GET", "/v1/accounts/{id}/statements", admin.get("/v1/accounts/local/statements"));
    hold(
        "GET",
        "/v1/accounts/{id}/statements/{month}",
        as(Scope.ADMIN).get("/v1/accounts/local/statements/" + month));
    hold("GET", "/v1/accounts", admin.get("/v1/accounts"));
    String other =
        hold(
                "POST",
                "/v1/accounts",
                json(as(Scope.ADMIN), "{\"name\": \"B\"}").post("/v1/accounts"))
            .path("id");
    for (String change : List.of("suspend", "resume")) {
      String path = "/v1/accounts/{id}/" + change;
      hold("POST", path, json(as(Scope.ADMIN), "{}").post("/v1/accounts/" + other + "/" + change));
      hold("POST", path, json(as(Scope.ADMIN), "{}").post("/v1/accounts/nobody/" + change));
    }
    Response key =
        hold(
            "POST",
            "/v1/keys",
            json(
                    as(Scope.ADMIN),
                    "{\"accountId\": \"local\", \"name\": \"k\", \"scopes\": [\"read\"],"
                        + " \"expiresAt\": \"2999-01-01T00:00:00Z\"}")
                .post("/v1/keys"));
    String keyId = key.path("id");
    hold("GET", "/v1/keys", as(Scope.ADMIN).get("/v1/keys?accountId=local"));
    hold("GET", "/v1/keys", as(Scope.ADMIN).get("/v1/keys?accountId=nobody"));
    hold(
        "POST",
        "/v1/keys/{id}/rotate",
        json(as(Scope.ADMIN), "{}").post("/v1/keys/" + keyId + "/rotate"));
    hold("DELETE", "/v1/keys/{id}", as(Scope.ADMIN).delete("/v1/keys/" + keyId));
    hold("DELETE", "/v1/keys/{id}", as(Scope.ADMIN).delete("/v1/keys/0000000000000"));
    hold("GET", "/v1/audit", as(Scope.ADMIN).get("/v1/audit?limit=3"));
    hold("GET", "/v1/audit", as(Scope.ADMIN).get("/v1/audit?from=tomorrow"));
    hold("GET", "/v1/audit", as(Scope.LABEL).get("/v1/audit"));
    labelsAndSources();
    originalsPaths(id);
  }

  private void originalsPaths(String analysisId) {
    String media = "/api/resolve-media";
    hold("POST", media, json(as(Scope.ANALYSE), "{}").post(media));
    hold("POST", media, json(as(Scope.READ), "{}").post(media));
    for (String path : List.of("/api/start-analysis", "/api/check-analysis", "/api/get-results")) {
      hold("GET", path, as(Scope.ANALYSE).get(path));
      hold("GET", path, given().get(path));
      hold("GET", path, as(Scope.LABEL).get(path));
      hold("GET", path, as(Scope.ANALYSE).get(path + "?id=" + analysisId));
    }
    MediaItem item = MediaItem.of(Modality.IMAGE, "b".repeat(64), "image/png", 1);
    analyses.saveMedia(analysisId, new ResolvedMedia(List.of(item), List.of(), Instant.EPOCH));
    String id = "?id=" + analysisId + "_" + item.id();
    hold("GET", "/api/check-analysis", as(Scope.READ).get("/api/check-analysis" + id));
    hold("GET", "/api/start-analysis", as(Scope.ANALYSE).get("/api/start-analysis" + id));
    hold("GET", "/api/get-results", as(Scope.ANALYSE).get("/api/get-results" + id));
  }

  @Test
  void answersAboutBatchesAsItSays() {
    String links = "[\"https://example.org/a.jpg\", \"no link\"]";
    Response accepted =
        hold("POST", "/v1/batches", json(as(Scope.ANALYSE), links).post("/v1/batches"));
    String id = accepted.path("id");
    hold("POST", "/v1/batches", json(as(Scope.ANALYSE), "[]").post("/v1/batches"));
    hold(
        "POST",
        "/v1/batches",
        as(Scope.ANALYSE).contentType("text/plain").body("x").post("/v1/batches"));
    hold("POST", "/v1/batches", json(as(Scope.READ), links).post("/v1/batches"));
    for (String address : List.of("/v1/batches/" + id, "/v1/batches/" + "7".repeat(26))) {
      hold("GET", "/v1/batches/{id}", as(Scope.READ).get(address));
      hold("GET", "/v1/batches/{id}/results", as(Scope.READ).get(address + "/results"));
      hold("DELETE", "/v1/batches/{id}", as(Scope.ANALYSE).delete(address));
    }
    hold(
        "GET",
        "/v1/batches/{id}/results",
        as(Scope.READ).get("/v1/batches/" + id + "/results?format=xml"));
    hold("GET", "/v1/batches", as(Scope.READ).get("/v1/batches?limit=2"));
    hold("GET", "/v1/batches", as(Scope.READ).get("/v1/batches?limit=0"));
  }

  @Test
  void answersAboutMoneyAsItSays() {
    String id = json(as(Scope.ADMIN), "{\"name\": \"Capped\"}").post("/v1/accounts").path("id");
    String caps = "/v1/accounts/{id}/caps";
    String path = "/v1/accounts/" + id + "/caps";
    String sizes = "{\"analysesPerDay\": 1, \"microsPerMonth\": 5000000}";
    hold("GET", caps, as(Scope.ADMIN).get(path));
    hold("PUT", caps, json(as(Scope.ADMIN), sizes).put(path));
    hold("PUT", caps, json(as(Scope.ADMIN), "{\"analysesPerDay\": -1}").put(path));
    hold("PUT", caps, json(as(Scope.READ), sizes).put(path));
    hold("PUT", caps, json(as(Scope.ADMIN), sizes).put("/v1/accounts/nobody/caps"));
    hold("GET", "/v1/prices", as(Scope.READ).get("/v1/prices"));
    String prices =
        "{\"version\": \"test-1\", \"currency\": \"USD\", \"imageMicros\": 10,"
            + " \"videoMinuteMicros\": 20, \"audioMinuteMicros\": 30,"
            + " \"from\": \"2999-01-01T00:00:00Z\"}";
    hold("PUT", "/v1/prices", json(as(Scope.ADMIN), prices).put("/v1/prices"));
    hold("PUT", "/v1/prices", json(as(Scope.ADMIN), "{}").put("/v1/prices"));
    hold("PUT", "/v1/prices", json(as(Scope.ANALYSE), prices).put("/v1/prices"));
    hold("GET", "/v1/usage", as(Scope.READ).get("/v1/usage"));
    hold("GET", "/v1/usage", as(Scope.READ).get("/v1/usage?from=2026-01-01&to=2025-01-01"));

    RequestSpecification capped = as(id, Scope.ANALYSE);
    String link = "{\"url\": \"https://example.org/photo.jpg\"}";
    Response accepted = hold("POST", "/v1/analyses", json(capped, link).post("/v1/analyses"));
    assertThat(accepted.header("Touchstone-Cost")).isEqualTo("0;currency=\"USD\"");
    assertThat(accepted.header("RateLimit-Policy")).isEqualTo("\"analyses-per-day\";q=1;w=86400");
    assertThat(accepted.header("RateLimit")).startsWith("\"analyses-per-day\";r=0;t=");
    Response refused = hold("POST", "/v1/analyses", refused(id, link));
    assertThat(refused.<String>path("code")).isEqualTo("cap.reached");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 86_401);
    assertThat(refused.header("RateLimit")).startsWith("\"analyses-per-day\";r=0;t=");
    Response used = hold("GET", "/v1/usage", as(id, Scope.READ).get("/v1/usage"));
    assertThat(used.<Integer>path("caps[0].used")).isEqualTo(1);
  }

  private Response refused(String accountId, String link) {
    return json(as(accountId, Scope.ANALYSE), link).post("/v1/analyses");
  }

  private void labelsAndSources() {
    String path = "/v1/labels/{sha256}";
    String label = "/v1/labels/" + "c".repeat(64);
    String truth = "{\"truth\": \"authentic\", \"note\": \"seen\"}";
    hold("PUT", path, json(as(Scope.LABEL), truth).put(label));
    hold("PUT", path, json(as(Scope.LABEL), "{}").put(label));
    hold("PUT", path, json(as(Scope.READ), truth).put(label));
    hold("GET", path, as(Scope.READ).get(label));
    hold("GET", "/v1/labels", as(Scope.READ).get("/v1/labels?limit=1"));
    hold("GET", "/v1/labels", as(Scope.READ).get("/v1/labels?holder=me"));
    hold("DELETE", path, as(Scope.LABEL).delete(label));
    hold("DELETE", path, as(Scope.LABEL).delete(label));
    hold("DELETE", path, as(Scope.LABEL).delete(label + "?holder=deployment"));
    hold("GET", path, as(Scope.READ).get(label));
    String source = "{\"platform\": \"x\", \"authorId\": \"7\", \"handle\": \"@Paper\"}";
    String id =
        hold("POST", "/v1/sources", json(as(Scope.LABEL), source).post("/v1/sources")).path("id");
    hold("POST", "/v1/sources", json(as(Scope.LABEL), "{}").post("/v1/sources"));
    hold("GET", "/v1/sources", as(Scope.READ).get("/v1/sources"));
    hold("DELETE", "/v1/sources/{id}", as(Scope.LABEL).delete("/v1/sources/" + id));
    hold("DELETE", "/v1/sources/{id}", as(Scope.LABEL).delete("/v1/sources/" + id));
  }

  @Test
  void showsAWholeAnalysisAsItSays() {
    String id = "4".repeat(26);
    MediaItem item =
        new MediaItem(
            MediaItem.idOf("a".repeat(64)),
            Modality.VIDEO,
            "a".repeat(64),
            "video/mp4",
            10,
            640,
            480,
            3.5,
            true,
            new S3Location("b", "media/x"),
            new MediaSource(
                "x",
                "https://x.example/1",
                "author",
                Instant.EPOCH,
                0,
                new PostContext("7", "text", "en", "alt", List.of("note"))));
    analyses.create(
        new AnalysisRequest(
            id, "local", "key", AnalysisInput.ofUrl("https://x.example/1"), null, Instant.EPOCH));
    ResolvedMedia resolved =
        new ResolvedMedia(
            List.of(item),
            List.of(new Job(null, id, "video", "queue", Modality.VIDEO, item, null)),
            Instant.EPOCH);
    analyses.saveMedia(id, resolved);
    Evidence evidence =
        Evidence.of(List.of(new Evidence.Finding("a", "b", "c")))
            .withSpeech(
                new Evidence.Speech(
                    "en", "r-1", List.of(new Evidence.Passage(0, 1.5, "Hello.", false))))
            .withTimeline(List.of(new Evidence.TimelineSegment(0, 1, 0.5)));
    DetectorReport report =
        DetectorReport.scored("ufd", "1", Category.GENERATIVE, 0.9, evidence, ReportTimings.ZERO)
            .withReliability(
                new Reliability(
                    "clip",
                    "c-1",
                    0.5,
                    new Reliability.Counts("all", 1, 100, 90, 100),
                    Reliability.Combination.MEAN,
                    4,
                    null));
    JobReports reports =
        new JobReports(
            id,
            item.id(),
            "video",
            Modality.VIDEO,
            List.of(report),
            Provenance.ABSENT,
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(1),
            Compute.CPU);
    analyses.saveReports(reports);
    hold("GET", "/v1/analyses/{id}", as(Scope.READ).get("/v1/analyses/" + id));
    Verdict verdict =
        VotingPolicy.bundled().vote(new AnalysisEvidence(resolved, List.of(reports)).media());
    analyses.saveOutcome(id, new AnalysisOutcome(verdict, null, Instant.EPOCH.plusSeconds(2)));

    Response shown = hold("GET", "/v1/analyses/{id}", as(Scope.READ).get("/v1/analyses/" + id));

    Response known =
        as(Scope.READ).header("If-None-Match", shown.header("ETag")).get("/v1/analyses/" + id);
    assertThat(hold("GET", "/v1/analyses/{id}", known).statusCode()).isEqualTo(304);
    String medium = "/v1/analyses/" + id + "/media/" + item.id();
    hold("GET", "/v1/analyses/{id}/media/{mediaId}", as(Scope.READ).get(medium));
    objects.put("media/" + item.sha256(), new byte[] {1}, "video/mp4");
    Response link = hold("GET", "/v1/analyses/{id}/media/{mediaId}", as(Scope.READ).get(medium));
    assertThat(link.statusCode()).isEqualTo(200);
    hold(
        "GET",
        "/v1/analyses/{id}/evidence/{mediaId}/{name}",
        as(Scope.READ).get("/v1/analyses/" + id + "/evidence/" + item.id() + "/x.png"));
    assertThat(shown.<String>path("verdict.votes[0].detector")).isNotNull();
    String feedback = "/v1/analyses/" + id + "/feedback";
    hold(
        "POST",
        "/v1/analyses/{id}/feedback",
        json(as(Scope.ANALYSE), "{\"opinion\": \"disagree\", \"note\": \"A mask.\"}")
            .post(feedback));
    hold(
        "POST",
        "/v1/analyses/{id}/feedback",
        json(as(Scope.ANALYSE), "{\"opinion\": \"perhaps\"}").post(feedback));
    hold("GET", "/v1/feedback", as(Scope.ADMIN).get("/v1/feedback"));
    hold("GET", "/v1/feedback", as(Scope.ADMIN).get("/v1/feedback?cursor=x"));
    hold("GET", "/v1/feedback", as(Scope.READ).get("/v1/feedback"));
    hold("DELETE", "/v1/analyses/{id}", as(Scope.ANALYSE).delete("/v1/analyses/" + id));
    hold("DELETE", "/v1/analyses/{id}", as(Scope.READ).delete("/v1/analyses/" + id));
    hold("DELETE", "/v1/analyses/{id}", as(Scope.ANALYSE).delete("/v1/analyses/nothing"));
    assertThat(shown.<String>path("reports[0].evidence.speech.language")).isEqualTo("en");
  }

  private RequestSpecification as(Scope scope) {
    return as("local", scope);
  }

  private RequestSpecification as(String accountId, Scope scope) {
    return given()
        .header(
            "x-api-key",
            keys.create(accountId, "test", Set.of(scope), Instant.now(), null).text().reveal());
  }

  private static RequestSpecification json(RequestSpecification request, String body) {
    return request.contentType("application/json").body(body);
  }

  private static Response hold(String method, String path, Response answer) {
    CONTRACT.holds(method, path, answer);
    return answer;
  }
}
