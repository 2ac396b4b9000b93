package org.touchstone.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.client.LoopbackApi.Reply;
import org.touchstone.client.LoopbackApi.Request;
import org.touchstone.client.model.Caps;
import org.touchstone.client.model.GroundTruth;
import org.touchstone.client.model.Holder;
import org.touchstone.client.model.Level;
import org.touchstone.client.model.NewAnalysis;
import org.touchstone.client.model.NewApiKey;
import org.touchstone.client.model.NewFeedback;
import org.touchstone.client.model.NewLabel;
import org.touchstone.client.model.NewMember;
import org.touchstone.client.model.NewPrices;
import org.touchstone.client.model.NewShare;
import org.touchstone.client.model.NewSource;
import org.touchstone.client.model.NewUpload;
import org.touchstone.client.model.NewWebhook;
import org.touchstone.client.model.Opinion;
import org.touchstone.client.model.Scope;

/** The client has what the contract says, and nothing else. */
class ContractTest {
  private static final Contract CONTRACT = Contract.read();
  private static final String MODEL = "org.touchstone.client.model.";
  private static final Path SOURCES = Path.of("src/main/java/org/touchstone/client/model");

  private static final YearMonth MONTH = YearMonth.of(2026, 11);
  private static final PageQuery PAGE = PageQuery.FIRST.withLimit(2).withCursor("next");

  /** One call per operation, with every parameter that it has. */
  private static final Map<String, Function<TouchstoneClient, CompletableFuture<?>>> CALLS =
      calls();

  private static Map<String, Function<TouchstoneClient, CompletableFuture<?>>> calls() {
    Map<String, Function<TouchstoneClient, CompletableFuture<?>>> calls = new LinkedHashMap<>();
    calls.put(
        "createAnalysis", api -> api.analyses().create(NewAnalysis.ofUrl("https://a.example")));
    calls.put(
        "listAnalyses",
        api ->
            api.analyses()
                .list(
                    AnalysisQuery.NEWEST
                        .between(LocalDate.EPOCH, LocalDate.EPOCH)
                        .withLevel(Level.INSUFFICIENT_EVIDENCE)
                        .withPlatform("x")
                        .withLimit(5)
                        .withCursor("next")));
    calls.put("getAnalysis", api -> api.analyses().get("a"));
    calls.put("deleteAnalysis", api -> api.analyses().delete("a"));
    calls.put(
        "giveFeedback",
        api -> api.analyses().giveFeedback("a", new NewFeedback(Opinion.AGREE, null)));
    calls.put("listFeedback", api -> api.feedback().list(PAGE));
    calls.put("getUsage", api -> api.billing().usage(LocalDate.EPOCH, LocalDate.EPOCH));
    calls.put("getPrices", api -> api.billing().prices());
    calls.put(
        "publishPrices",
        api -> api.billing().publishPrices(new NewPrices("1", "USD", 1L, 1L, 1L, null)));
    calls.put("getCaps", api -> api.billing().caps("a"));
    calls.put("setCaps", api -> api.billing().setCaps("a", new Caps(1L, null, null, null)));
    calls.put("listStatements", api -> api.billing().statements());
    calls.put("getStatement", api -> api.billing().statement(MONTH));
    calls.put("listAccountStatements", api -> api.billing().statementsOf("a"));
    calls.put(
        "getAccountStatement", api -> api.billing().statementOf("a", MONTH, StatementFormat.HTML));
    calls.put("listLabels", api -> api.labels().list(Holder.DEPLOYMENT, PAGE));
    calls.put(
        "setLabel", api -> api.labels().set("5", new NewLabel(GroundTruth.AUTHENTIC, null, null)));
    calls.put("getLabel", api -> api.labels().get("5"));
    calls.put("removeLabel", api -> api.labels().remove("5", Holder.DEPLOYMENT));
    calls.put(
        "verifySource",
        api -> api.sources().verify(new NewSource("x", "7", null, null, Holder.ACCOUNT)));
    calls.put("listSources", api -> api.sources().list(Holder.DEPLOYMENT, PAGE));
    calls.put("removeSource", api -> api.sources().remove("s", Holder.DEPLOYMENT));
    calls.put("shareAnalysis", api -> api.shares().create("a", NewShare.DEFAULT, "k"));
    calls.put("listShares", api -> api.shares().list("a"));
    calls.put("revokeShare", api -> api.shares().revoke("a", "s"));
    calls.put("getSharedAnalysis", api -> api.shares().analysis("s"));
    calls.put("getSharedMedium", api -> api.shares().medium("s", "m"));
    calls.put("getSharedEvidence", api -> api.shares().evidence("s", "m", "waveform.json"));
    calls.put("getMedium", api -> api.analyses().medium("a", "m"));
    calls.put("getEvidence", api -> api.analyses().evidence("a", "m", "waveform.json"));
    calls.put("listDetectors", api -> api.detectors().list());
    calls.put("createBatch", api -> api.batches().create(List.of("https://a.example"), null));
    calls.put("listBatches", api -> api.batches().list(PAGE));
    calls.put("getBatch", api -> api.batches().get("b"));
    calls.put("cancelBatch", api -> api.batches().cancel("b"));
    calls.put("getBatchResults", api -> api.batches().results("b", BatchesApi.Format.JSON));
    calls.put(
        "createWebhook",
        api -> api.webhooks().create(new NewWebhook("https://a.example", null, null)));
    calls.put("listWebhooks", api -> api.webhooks().list());
    calls.put("deleteWebhook", api -> api.webhooks().delete("w"));
    calls.put("rotateWebhookSecret", api -> api.webhooks().rotate("w", null));
    calls.put("testWebhook", api -> api.webhooks().test("w"));
    calls.put("listDeliveries", api -> api.webhooks().deliveries("w", PAGE));
    calls.put("retryDelivery", api -> api.webhooks().retry("w", "d"));
    calls.put("listAudit", api -> api.audit().list(LocalDate.EPOCH, LocalDate.EPOCH, PAGE));
    calls.put("createUpload", api -> api.uploads().create(new NewUpload(5L, "image/png")));
    calls.put("createAccount", api -> api.accounts().create("Name"));
    calls.put("listAccounts", api -> api.accounts().list());
    calls.put("suspendAccount", api -> api.accounts().suspend("a"));
    calls.put("resumeAccount", api -> api.accounts().resume("a"));
    calls.put(
        "createKey", api -> api.keys().create(new NewApiKey("a", "n", List.of(Scope.READ), null)));
    calls.put(
        "addMember",
        api -> api.members().add(new NewMember("a", "ada@example.org", List.of(Scope.READ))));
    calls.put("listMembers", api -> api.members().list("a"));
    calls.put("removeMember", api -> api.members().remove("m"));
    calls.put("listKeys", api -> api.keys().list("a"));
    calls.put("revokeKey", api -> api.keys().revoke("k"));
    calls.put("rotateKey", api -> api.keys().rotate("k", Duration.ofHours(1)));
    return calls;
  }

  private static Set<String> schemas() {
    return CONTRACT.schemas();
  }

  private static Set<String> operations() {
    return CONTRACT.operations().keySet();
  }

  @Test
  void everyOperationHasAMethodAndNoOther() {
    assertThat(CALLS.keySet()).containsExactlyInAnyOrderElementsOf(operations());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void theMethodSendsWhatTheContractSays(String operationId) throws IOException {
    Contract.Operation operation = CONTRACT.operations().get(operationId);
    try (LoopbackApi server = new LoopbackApi().answer(Reply.json(200, "{}"));
        TouchstoneClient client = server.client()) {
      CALLS.get(operationId).apply(client).join();

      Request request = server.requests().getFirst();
      assertThat(request.method()).isEqualTo(operation.method());
      assertThat(operation.matches(request.uri().getRawPath()))
          .as(request.uri().getRawPath() + " is " + operation.path())
          .isTrue();
      Set<String> query = operation.query();
      // Sent by AnalysisWait only; AnalysisWaitTest looks at it.
      query.remove("wait");
      assertThat(query(request)).isEqualTo(query);
      assertThat(request.header("x-api-key")).isEqualTo(LoopbackApi.KEY);
      if (operation.hasBody()) {
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
      }
    }
  }

  private static Set<String> query(Request request) {
    String query = request.uri().getRawQuery();
    return query == null
        ? Set.of()
        : Arrays.stream(query.split("&"))
            .map(parameter -> parameter.substring(0, parameter.indexOf('=')))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everySchemaHasATypeAndNoOther() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString().replace(".java", ""))
                  .filter(name -> !name.equals("package-info")))
          .containsExactlyInAnyOrderElementsOf(schemas());
    }
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void theTypeHasEveryFieldAndValueAndNoOther(String schema) throws Exception {
    Class<?> type = Class.forName(MODEL + schema);
    if (type.isEnum()) {
      Set<String> values = new TreeSet<>();
      for (Object value : type.getEnumConstants()) {
        if (!((Enum<?>) value).name().equals("UNRECOGNISED")) {
          values.add(ClientJson.mapper().valueToTree(value).asText());
        }
      }
      assertThat(values).isEqualTo(CONTRACT.values(schema));
      assertThat(ClientJson.mapper().readValue("\"from-a-later-version\"", type))
          .hasToString("UNRECOGNISED");
    } else {
      Map<String, String> fields = new LinkedHashMap<>();
      for (RecordComponent component : type.getRecordComponents()) {
        fields.put(component.getName(), name(component.getGenericType()));
      }
      assertThat(fields).containsExactlyInAnyOrderEntriesOf(CONTRACT.fields(schema));
    }
  }

  private static String name(Type type) {
    return type.getTypeName().replaceAll("[a-z0-9]+\\.", "");
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void theTypeIsRegisteredForNativeExecutables(String schema) throws IOException {
    JsonNode registered =
        ClientJson.mapper()
            .readTree(
                getClass()
                    .getResource(
                        "/META-INF/native-image/org.touchstone/touchstone-client/reflect-config.json"));
    assertThat(registered).anyMatch(entry -> entry.path("name").asText().equals(MODEL + schema));
    assertThat(registered).hasSameSizeAs(schemas());
  }
}
