package org.touchstone.infra.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.infra.Deployment.DEFAULT;
import static org.touchstone.infra.Deployment.FULL;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;
import org.touchstone.infra.ShippedDescriptor;
import org.touchstone.infra.contract.FunctionSpec;

@NeedsNode
class ApiTest {
  private static final String METHOD = "AWS::ApiGateway::Method";
  private static final String CALLBACKS = "POST /v1/callbacks/{token}";

  @ParameterizedTest
  @EnumSource
  void hasARouteForEveryResourceOfTheIntake(Deployment deployment) {
    Set<String> routes = new TreeSet<>();
    for (JsonNode method : deployment.properties(METHOD)) {
      assertThat(method.get("Integration").get("Type").asText()).isEqualTo("AWS_PROXY");
      String path = path(deployment, method.get("ResourceId"));
      routes.add(method.get("HttpMethod").asText() + " " + (path.isEmpty() ? "/" : path));
    }
    boolean callsBack = routes.remove(CALLBACKS);
    assertThat(callsBack).as("the route of voters that call back").isEqualTo(deployment == FULL);
    boolean sells = routes.removeIf(route -> route.matches(".* /v1/(marketplace|stripe)/.*"));
    assertThat(sells).as("the routes of buyers").isEqualTo(deployment == FULL);
    assertThat(routes.removeAll(Set.of("ANY /", "ANY /{proxy+}"))).as("pages").isTrue();
    Set<String> ofPrograms =
        new TreeSet<>(ShippedDescriptor.of(FunctionSpec.INTAKE.module()).routes());
    ofPrograms.removeIf(route -> !route.matches(".* /(v1|api)/.*"));
    assertThat(routes).isEqualTo(ofPrograms);
  }

  private static String path(Deployment deployment, JsonNode resource) {
    if (!resource.has("Ref")) {
      return "";
    }
    JsonNode properties =
        deployment
            .resources("AWS::ApiGateway::Resource")
            .get(resource.get("Ref").asText())
            .get("Properties");
    return path(deployment, properties.get("ParentId")) + "/" + properties.get("PathPart").asText();
  }

  /** A function's policy ends at 20 KB, which is room for some sixty permissions. */
  @ParameterizedTest
  @EnumSource
  void mayCallAFunctionByOnePermissionForAllRoutes(Deployment deployment) {
    List<String> called =
        deployment.properties("AWS::Lambda::Permission").stream()
            .filter(p -> p.get("Principal").asText().equals("apigateway.amazonaws.com"))
            .map(
                p -> {
                  assertThat(p.get("SourceArn").toString()).contains("execute-api", "/*/*/*");
                  return p.get("FunctionName").toString();
                })
            .toList();
    assertThat(called).doesNotHaveDuplicates().hasSize(deployment == FULL ? 3 : 1);
  }

  @Test
  void tellsWebhooksTheAddressOfTheApiWithoutWaitingForItsRoutes() {
    assertThat(publicUrl(FULL).asText())
        .as("the proxy before it")
        .isEqualTo("https://proxy.example.org/touchstone");
    JsonNode parts = publicUrl(DEFAULT).get("Fn::Join").get(1);
    assertThat(parts.get(0).asText()).isEqualTo("https://");
    assertThat(parts.get(parts.size() - 1).asText()).endsWith("/live/");
    assertThat(parts.findValuesAsText("Ref"))
        .as("the API, but not its stage, which comes after the functions")
        .containsAll(DEFAULT.resources("AWS::ApiGateway::RestApi").keySet())
        .doesNotContainAnyElementsOf(DEFAULT.resources("AWS::ApiGateway::Stage").keySet());
  }

  private static JsonNode publicUrl(Deployment deployment) {
    return deployment
        .function("webhooks")
        .get("Environment")
        .get("Variables")
        .get("TOUCHSTONE_PUBLIC_URL");
  }

  @Test
  void sendsPicturesAsTheyAreAndTextsAsText() {
    assertThat(Deployment.texts(DEFAULT.only("AWS::ApiGateway::RestApi").get("BinaryMediaTypes")))
        .contains("image/png", "image/jpeg")
        .doesNotContain("application/json", "text/csv", "*/*");
  }

  @ParameterizedTest
  @EnumSource
  void isThrottledLoggedAndTraced(Deployment deployment) {
    JsonNode stage = deployment.only("AWS::ApiGateway::Stage");
    JsonNode settings = stage.get("MethodSettings").get(0);
    assertThat(settings.get("ThrottlingRateLimit").asInt()).isEqualTo(20);
    assertThat(settings.get("ThrottlingBurstLimit").asInt()).isEqualTo(40);
    assertThat(stage.get("TracingEnabled").asBoolean()).isTrue();
    assertThat(stage.get("AccessLogSetting").get("Format").asText()).contains("requestId");
  }

  @ParameterizedTest
  @EnumSource
  void mayWriteItsLogInAnAccountThatNeverHadAnApi(Deployment deployment) {
    String account = deployment.resources("AWS::ApiGateway::Account").keySet().iterator().next();
    assertThat(deployment.resources("AWS::ApiGateway::Stage").values())
        .allSatisfy(
            stage -> assertThat(Deployment.texts(stage.path("DependsOn"))).contains(account));
  }

  @ParameterizedTest
  @EnumSource
  void countsRequestsOnceAndNotForEachMethodAtExtraCost(Deployment deployment) {
    assertThat(
            deployment
                .only("AWS::ApiGateway::Stage")
                .get("MethodSettings")
                .findValuesAsText("MetricsEnabled"))
        .containsOnly("false");
  }

  @Test
  void leavesTheQuestionForKeysToTheFunction() {
    assertThat(DEFAULT.properties(METHOD))
        .isNotEmpty()
        .noneMatch(method -> method.path("ApiKeyRequired").asBoolean());
    assertThat(DEFAULT.properties("AWS::ApiGateway::UsagePlan")).isEmpty();
  }

  @Test
  void hasAFirewallAndANameWhereAsked() {
    assertThat(DEFAULT.properties("AWS::WAFv2::WebACL")).isEmpty();
    assertThat(FULL.only("AWS::WAFv2::WebACL").findValue("Limit").asInt()).isPositive();
    assertThat(FULL.properties("AWS::WAFv2::WebACLAssociation")).hasSize(1);
    JsonNode domain = FULL.only("AWS::ApiGateway::DomainName");
    assertThat(domain.get("DomainName").asText()).isEqualTo("touchstone.example.org");
    assertThat(domain.get("SecurityPolicy").asText()).isEqualTo("TLS_1_2");
    assertThat(FULL.only("AWS::ApiGateway::RestApi").get("DisableExecuteApiEndpoint").asBoolean())
        .isTrue();
  }
}
