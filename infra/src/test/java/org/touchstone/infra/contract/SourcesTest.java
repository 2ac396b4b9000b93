package org.touchstone.infra.contract;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.touchstone.infra.Deployment;

/**
 * Holds the tables of settings and permissions against the sources of what is deployed: a setting
 * or a call that is added there and not known here fails these tests.
 */
class SourcesTest {
  /** What functions share. */
  private static final List<String> SHARED = List.of("core/storage", "core/telemetry");

  private static final String ENDPOINT = "gpu-containers/endpoint";

  /** Settings that deployments leave at their defaults, or for trials elsewhere than on AWS. */
  private static final List<String> LEFT_AT_DEFAULT =
      List.of(
          "touchstone.upload.max-bytes",
          "touchstone.sfn.endpoint",
          "touchstone.region",
          "touchstone.fetch.",
          "touchstone.media.",
          // The image of the resolver says where its programs are.
          "touchstone.ffprobe.",
          "touchstone.ffmpeg.",
          "touchstone.resolver.yt-dlp",
          // Keys come from secrets.
          "touchstone.platforms.");

  /** What each call of the SDK's clients needs leave for. */
  private static final Map<String, List<String>> ACTIONS =
      Map.ofEntries(
          entry("getObject", List.of("s3:GetObject")),
          entry("getObjectAsBytes", List.of("s3:GetObject")),
          entry("headObject", List.of("s3:GetObject")),
          entry("putObject", List.of("s3:PutObject")),
          entry("presignPutObject", List.of("s3:PutObject")),
          entry("presignGetObject", List.of("s3:GetObject")),
          entry("copyObject", List.of("s3:GetObject", "s3:PutObject")),
          entry("createMultipartUpload", List.of("s3:PutObject")),
          entry("uploadPart", List.of("s3:PutObject")),
          entry("uploadPartCopy", List.of("s3:GetObject", "s3:PutObject")),
          entry("completeMultipartUpload", List.of("s3:PutObject")),
          entry("abortMultipartUpload", List.of("s3:AbortMultipartUpload")),
          entry("deleteObject", List.of("s3:DeleteObject")),
          entry("listObjectsV2", List.of("s3:ListBucket")),
          entry("listObjectsV2Paginator", List.of("s3:ListBucket")),
          entry("receiveMessage", List.of("sqs:ReceiveMessage")),
          entry("deleteMessage", List.of("sqs:DeleteMessage")),
          entry("changeMessageVisibility", List.of("sqs:ChangeMessageVisibility")),
          entry("startExecution", List.of("states:StartExecution")),
          entry("sendTaskSuccess", List.of("states:SendTaskSuccess")),
          entry("sendTaskFailure", List.of("states:SendTaskFailure")),
          entry("sendTaskHeartbeat", List.of("states:SendTaskHeartbeat")),
          entry("getSecretValue", List.of("secretsmanager:GetSecretValue")),
          entry("close", List.of()));

  private static final Pattern CLIENT =
      Pattern.compile(
          "\\b(?:S3Client|S3Presigner|SqsClient|SfnClient|SecretsManagerClient) (\\w+)");

  private static final Pattern PROPERTY =
      Pattern.compile("@ConfigProperty\\(\\s*name = \"([^\"]+)\"");

  private static final Pattern MAPPING =
      Pattern.compile("@ConfigMapping\\(prefix = \"(touchstone[^\"]+)\"\\)\\s+interface \\w+ \\{");

  private static final Pattern KEY = Pattern.compile("\\n    [\\w.<>, ]+ (\\w+)\\(\\);");

  @ParameterizedTest
  @EnumSource
  void givesAFunctionWhatItsSourcesRead(FunctionSpec spec) {
    Set<String> given = spec.settings().stream().map(Setting::property).collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>(properties(spec.module()));
    SHARED.forEach(module -> unknown.addAll(properties(module)));
    unknown.removeAll(given);
    unknown.removeIf(key -> LEFT_AT_DEFAULT.stream().anyMatch(key::startsWith));
    // One package holds three functions; the policy concerns the one that votes.
    unknown.removeIf(
        key ->
            key.equals(Setting.VOTING_POLICY.property())
                && spec != FunctionSpec.VOTE
                && spec.module().equals(FunctionSpec.VOTE.module()));
    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void givesAFunctionNothingThatItsSourcesDoNotRead(FunctionSpec spec) {
    Set<String> read = new TreeSet<>(properties(spec.module()));
    SHARED.forEach(module -> read.addAll(properties(module)));
    assertThat(read)
        .containsAll(
            spec.settings().stream()
                .filter(setting -> setting != Setting.HANDLER)
                .map(Setting::property)
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void namesAHandlerThatIsThere(FunctionSpec spec) {
    if (spec.handler() != null) {
      assertThat(sources(spec.module()).values())
          .anyMatch(source -> source.contains("@Named(\"" + spec.handler() + "\")"));
    }
  }

  @Test
  void knowsEveryCallOfTheSdk() {
    Set<String> calls = new TreeSet<>();
    modules().forEach(module -> calls.addAll(calls(module)));
    assertThat(calls).contains("getObject", "startExecution", "receiveMessage");
    assertThat(ACTIONS.keySet()).containsAll(calls);
  }

  @ParameterizedTest
  @EnumSource
  void givesLeaveForTheCallsThatAFunctionMakesItself(FunctionSpec spec) {
    Set<String> granted = new TreeSet<>();
    Stream.of(FunctionSpec.values())
        .filter(other -> other.module().equals(spec.module()))
        .forEach(other -> other.grants().forEach(grant -> granted.addAll(grant.actions())));
    assertThat(granted).containsAll(actions(spec.module()));
  }

  @Test
  void givesLeaveForTheCallsThatAnEndpointMakesItself() {
    assertThat(actionsOf(EndpointSpec.GRANTS)).containsAll(actions(ENDPOINT));
  }

  @Test
  void givesLeaveForNothingThatNoCallNeeds() {
    Set<String> needed = new TreeSet<>();
    modules().forEach(module -> needed.addAll(actions(module)));
    Set<String> granted = new TreeSet<>(actionsOf(EndpointSpec.GRANTS));
    for (FunctionSpec spec : FunctionSpec.values()) {
      granted.addAll(actionsOf(spec.grants()));
    }
    // Asked for over HTTP, of the agent of ECS.
    granted.removeIf(action -> action.startsWith("ecs:"));
    assertThat(needed).containsAll(granted);
  }

  private static Set<String> actionsOf(List<Grant> grants) {
    return grants.stream().flatMap(g -> g.actions().stream()).collect(Collectors.toSet());
  }

  private static Stream<String> modules() {
    return Stream.concat(
            SHARED.stream(),
            Stream.concat(
                Stream.of(ENDPOINT), Stream.of(FunctionSpec.values()).map(FunctionSpec::module)))
        .distinct();
  }

  private static Set<String> actions(String module) {
    return calls(module).stream()
        .flatMap(call -> ACTIONS.getOrDefault(call, List.of()).stream())
        .collect(Collectors.toSet());
  }

  private static Set<String> calls(String module) {
    Set<String> calls = new TreeSet<>();
    for (String source : sources(module).values()) {
      Matcher client = CLIENT.matcher(source);
      while (client.find()) {
        Matcher call =
            Pattern.compile("\\b" + client.group(1) + "\\s*\\.\\s*(\\w+)\\(").matcher(source);
        while (call.find()) {
          calls.add(call.group(1));
        }
      }
    }
    return calls;
  }

  private static Set<String> properties(String module) {
    Set<String> properties = new TreeSet<>();
    for (String source : sources(module).values()) {
      Matcher property = PROPERTY.matcher(source);
      while (property.find()) {
        properties.add(property.group(1));
      }
      Matcher mapping = MAPPING.matcher(source);
      List<Integer> starts = new ArrayList<>();
      List<String> prefixes = new ArrayList<>();
      while (mapping.find()) {
        starts.add(mapping.end() - 1);
        prefixes.add(mapping.group(1));
      }
      starts.add(source.length());
      for (int i = 0; i < prefixes.size(); i++) {
        Matcher key = KEY.matcher(source.substring(starts.get(i), starts.get(i + 1)));
        while (key.find()) {
          properties.add(prefixes.get(i) + "." + kebab(key.group(1)));
        }
      }
    }
    return properties;
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static Map<Path, String> sources(String module) {
    Map<Path, String> sources = new TreeMap<>();
    try (Stream<Path> files =
        Files.walk(Deployment.root().resolve(module).resolve("src/main/java"))) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> sources.put(file, Deployment.read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }
}
