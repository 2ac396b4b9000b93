package org.touchstone.infra.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.infra.Deployment.BARE;
import static org.touchstone.infra.Deployment.DEFAULT;
import static org.touchstone.infra.Deployment.FULL;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;
import org.touchstone.infra.contract.FunctionSpec;
import org.touchstone.infra.contract.Grant;
import org.touchstone.infra.contract.Setting;

@NeedsNode
class FunctionsTest {
  /** The permissions of every function: write its log and its traces. */
  private static final Set<String> OF_ALL =
      Set.of(
          "logs:CreateLogStream",
          "logs:PutLogEvents",
          "xray:PutTraceSegments",
          "xray:PutTelemetryRecords");

  private static final Set<FunctionSpec> OF_VOTERS =
      EnumSet.of(FunctionSpec.PARTNERS, FunctionSpec.CALLBACKS);

  private static final Set<FunctionSpec> OF_SELLING =
      EnumSet.of(FunctionSpec.EXPORT, FunctionSpec.BUYING, FunctionSpec.NOTICES);

  private static final Set<FunctionSpec> OF_BOT =
      EnumSet.of(FunctionSpec.MENTIONS, FunctionSpec.MENTION_REPLIES);

  private static final Set<FunctionSpec> WORKS_A_QUEUE =
      EnumSet.of(
          FunctionSpec.BATCHES,
          FunctionSpec.END_LOST_JOB,
          FunctionSpec.NOTICES,
          FunctionSpec.PARTNERS,
          FunctionSpec.WEBHOOKS);

  private static final Set<String> OF_KMS = Set.of("kms:Decrypt", "kms:GenerateDataKey");

  static Stream<Arguments> deployed() {
    return Stream.of(Deployment.values())
        .flatMap(
            deployment ->
                Stream.of(FunctionSpec.values())
                    .filter(spec -> deployment != BARE || spec != FunctionSpec.END_LOST_JOB)
                    .filter(spec -> deployment == FULL || !OF_VOTERS.contains(spec))
                    .filter(spec -> deployment == FULL || !OF_SELLING.contains(spec))
                    .filter(spec -> deployment == FULL || !OF_BOT.contains(spec))
                    .map(spec -> Arguments.of(deployment, spec)));
  }

  @ParameterizedTest
  @MethodSource("deployed")
  void givesAFunctionEveryVariableThatItReads(Deployment deployment, FunctionSpec spec) {
    JsonNode variables = deployment.function(spec.code()).get("Environment").get("Variables");
    Set<String> expected =
        spec.settings().stream()
            .filter(setting -> !setting.isOptional() || deployment == FULL)
            .map(Setting::variable)
            .collect(Collectors.toCollection(TreeSet::new));
    expected.add(deployment == FULL ? "JAVA_TOOL_OPTIONS" : "DISABLE_SIGNAL_HANDLERS");
    assertThat(names(variables)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("deployed")
  void givesAFunctionThePermissionsOfItsTableAndNoMore(Deployment deployment, FunctionSpec spec) {
    Set<String> expected = new TreeSet<>(OF_ALL);
    spec.grants().forEach(grant -> expected.addAll(grant.actions()));
    boolean objects = spec.grants().stream().anyMatch(g -> g.target() == Grant.Target.OBJECTS);
    Set<String> found = new TreeSet<>();
    for (JsonNode statement : statements(deployment, spec)) {
      assertThat(statement.get("Effect").asText()).isEqualTo("Allow");
      found.addAll(Deployment.texts(statement.get("Action")));
    }
    if (deployment == FULL && objects) {
      expected.addAll(OF_KMS);
    }
    found.removeIf(
        action ->
            WORKS_A_QUEUE.contains(spec)
                && action.startsWith("sqs:")
                && !action.equals("sqs:SendMessage"));
    found.removeIf(
        action ->
            (spec == FunctionSpec.RESOLVE || spec == FunctionSpec.WEBHOOKS)
                && deployment != DEFAULT
                && action.startsWith("ec2:"));
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("deployed")
  void letsAFunctionReachOnlyTheFoldersOfItsTable(Deployment deployment, FunctionSpec spec) {
    for (JsonNode statement : statements(deployment, spec)) {
      for (String action : Deployment.texts(statement.get("Action"))) {
        if (action.startsWith("s3:") && !action.startsWith("s3:ListBucket")) {
          Set<String> allowed =
              spec.grants().stream()
                  .filter(grant -> grant.actions().contains(action))
                  .flatMap(grant -> grant.paths().stream())
                  .map(path -> "/" + path)
                  .collect(Collectors.toSet());
          assertThat(Deployment.elements(statement.get("Resource")))
              .allSatisfy(
                  resource ->
                      assertThat(allowed)
                          .contains(resource.get("Fn::Join").get(1).get(1).asText()));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("deployed")
  void allowsAllResourcesOnlyWhereIamKnowsNoOther(Deployment deployment, FunctionSpec spec) {
    for (JsonNode statement : statements(deployment, spec)) {
      if (Deployment.texts(statement.get("Resource")).contains("*")) {
        assertThat(Deployment.texts(statement.get("Action")))
            .allMatch(action -> action.matches("(xray|ec2|aws-marketplace):.*"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesEachFunctionARoleOfItsOwn(Deployment deployment) {
    List<String> roles =
        deployment.properties("AWS::Lambda::Function").stream()
            .map(function -> function.get("Role").toString())
            .toList();
    assertThat(new HashSet<>(roles)).hasSameSizeAs(roles);
  }

  @ParameterizedTest
  @MethodSource("deployed")
  void sizesFunctionsAsTheirTableSays(Deployment deployment, FunctionSpec spec) {
    JsonNode function = deployment.function(spec.code());
    assertThat(function.get("MemorySize").asInt()).isEqualTo(spec.size().memoryMb());
    assertThat(function.get("Timeout").asInt()).isEqualTo(spec.size().timeoutSeconds());
    assertThat(function.get("EphemeralStorage").get("Size").asInt())
        .isEqualTo(spec.size().diskMb());
    assertThat(function.get("TracingConfig").get("Mode").asText()).isEqualTo("Active");
    assertThat(function.get("LoggingConfig").get("LogGroup").has("Ref")).isTrue();
  }

  @Test
  void runsNativeExecutablesOnGravitonByDefault() {
    for (String name : List.of("intake", "vote", "record-failure", "end-lost-job", "sweep")) {
      JsonNode function = DEFAULT.function(name);
      assertThat(function.get("Runtime").asText()).isEqualTo("provided.al2023");
      assertThat(Deployment.texts(function.get("Architectures"))).containsExactly("arm64");
      assertThat(function.has("SnapStart")).isFalse();
    }
  }

  @Test
  void runsOnAJvmWithSnapStartByOneFlag() {
    for (String name : List.of("intake", "vote", "record-failure", "end-lost-job", "sweep")) {
      JsonNode function = FULL.function(name);
      assertThat(function.get("Runtime").asText()).isEqualTo("java25");
      assertThat(Deployment.texts(function.get("Architectures"))).containsExactly("x86_64");
      assertThat(function.get("SnapStart").get("ApplyOn").asText()).isEqualTo("PublishedVersions");
    }
  }

  @Test
  void deploysTheResolverAsAnImageOrAZipWithALayer() {
    assertThat(DEFAULT.function("resolve").get("PackageType").asText()).isEqualTo("Image");
    assertThat(BARE.function("resolve").get("Code").get("ImageUri").toString())
        .contains("/resolve@sha256:000");
    JsonNode zip = FULL.function("resolve");
    assertThat(zip.get("Runtime").asText()).isEqualTo("java25");
    assertThat(Deployment.texts(zip.get("Layers"))).singleElement().asString().contains("ffmpeg");
  }

  /** What CloudFormation can only set when it creates a resource. */
  private static final Map<String, List<String>> CREATE_ONLY =
      Map.of(
          "AWS::Lambda::Function", List.of("PackageType"),
          "AWS::SQS::Queue", List.of("FifoQueue"),
          "AWS::ECS::Service", List.of("LaunchType", "SchedulingStrategy"));

  @Test
  void whatCannotChangeOnADeployedStackIsAnotherResourceOfAnotherName() {
    for (Map.Entry<String, List<String>> type : CREATE_ONLY.entrySet()) {
      Map<String, JsonNode> images = DEFAULT.resources(type.getKey());
      Map<String, JsonNode> zips = FULL.resources(type.getKey());
      for (String property : type.getValue()) {
        images.forEach(
            (id, resource) ->
                assertThat(zips.getOrDefault(id, resource).at("/Properties/" + property))
                    .as(id)
                    .isEqualTo(resource.at("/Properties/" + property)));
      }
    }
    String image = DEFAULT.function("resolve").get("FunctionName").asText();
    String zip = FULL.function("resolve").get("FunctionName").asText();
    assertThat(image).isEqualTo("touchstone-resolve");
    assertThat(zip.replaceFirst("^org-", "touchstone-")).isNotEqualTo(image);
    assertThat(zip).startsWith("org-");
  }

  @Test
  void tellsTheResolverWhichEndpointLooksAtWhat() {
    JsonNode variables = FULL.function("resolve").get("Environment").get("Variables");
    assertThat(queues(variables, "VIDEO"))
        .matches(
            "faces=\\{JobsfacesJobs[^}]*}\\|\\{JobsfacesBulkJobs[^}]*}"
                + ",rest-video=\\{JobsrestJobs[^}]*}\\|\\{JobsrestBulkJobs[^}]*}");
    assertThat(queues(variables, "IMAGE")).matches("rest-image=\\{Jobsrest.*}");
    assertThat(queues(variables, "AUDIO")).matches("rest-audio=\\{Jobsrest.*}");
    assertThat(BARE.function("resolve").findValue("TOUCHSTONE_QUEUES_VIDEO").asText()).isEmpty();
  }

  /** The value with {@code {Jobs…}} for references to queues. */
  private static String queues(JsonNode variables, String track) {
    StringBuilder text = new StringBuilder();
    for (JsonNode part : variables.get("TOUCHSTONE_QUEUES_" + track).get("Fn::Join").get(1)) {
      text.append(
          part.isTextual()
              ? part.asText()
              : "{" + part.get("Ref").asText().replaceFirst("JobQueue", "Jobs") + "}");
    }
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource
  void callsFunctionsByAnAliasOfAPublishedVersion(Deployment deployment) {
    assertThat(deployment.properties("AWS::Lambda::Alias"))
        .hasSameSizeAs(deployment.properties("AWS::Lambda::Function"))
        .allMatch(alias -> alias.get("FunctionVersion").has("Fn::GetAtt"));
    assertThat(deployment.properties("AWS::Lambda::EventSourceMapping"))
        .allMatch(
            mapping ->
                mapping.get("FunctionName").toString().contains("Alias")
                    || mapping.get("FunctionName").toString().contains("Live"));
  }

  @ParameterizedTest
  @EnumSource
  void keepsEarlierVersionsToGoBackTo(Deployment deployment) {
    assertThat(deployment.resources("AWS::Lambda::Version").values())
        .hasSameSizeAs(deployment.properties("AWS::Lambda::Function"))
        .allMatch(version -> version.get("DeletionPolicy").asText().equals("Retain"));
  }

  private static List<JsonNode> statements(Deployment deployment, FunctionSpec spec) {
    return deployment.statements(deployment.function(spec.code()).get("Role"));
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }
}
