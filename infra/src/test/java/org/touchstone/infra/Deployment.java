package org.touchstone.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.touchstone.infra.artefacts.Artefacts;
import org.touchstone.infra.config.ConfigReader;
import software.amazon.awscdk.App;

/** A synthesised configuration: what would be deployed. Each is synthesised once for all tests. */
public enum Deployment {
  /** The deployment of the repository's own file. */
  DEFAULT(read(Deployment.root().resolve("touchstone.yaml"))),

  /** Every option that the default leaves out. */
  FULL(
      """
      region: eu-central-1
      prefix: org
      storage: {mediaDays: 7, evidenceDays: 0, kms: true, versioned: true}
      functions:
        mode: jvm
        architecture: x86-64
        resolver: zip
        ffmpegLayer: arn:aws:lambda:eu-central-1:123456789012:layer:ffmpeg:1
      endpoints:
        - name: faces
          tracks: [video]
          detectors: [ftcn, genconvit]
          models: [ftcn, genconvit, retinaface]
          spotShare: 50
          min: 1
          max: 4
          schedule:
            - {cron: "0 7 ? * MON-FRI *", min: 2, max: 6}
        - name: rest
          detectors: [metadata, ufd, distil-dire, styleflow, transcript]
          instanceTypes: [g5.xlarge]
          spotShare: 0
          warmInstances: 1
          image: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/endpoint:1
        - name: small
          compute: cpu
          tracks: [image, audio]
          detectors: [metadata, ai-image, voice]
          models: [commfor, voice]
          memoryMb: 8192
          maxConcurrency: 4
          maxSeconds: 60
          maxMb: 64
          image: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/lambda:1
      api:
        waf: true
        domain:
          name: touchstone.example.org
          certificate: arn:aws:acm:eu-central-1:123456789012:certificate/abc
        concurrency: 100
        origins: [https://news.example.org]
        signIn: {issuer: "https://login.example.org/", clientId: touchstone, trustEmails: true}
      alarms: {email: operator@example.org}
      egress: {allow: [.example.org, x.com]}
      votingPolicy: pooled-2
      voters:
        - {name: hive, preset: hive, category: generative, tracks: [image, video], secret: hive, usdPerCall: 0.006, usdPerMonth: 50}
        - name: own-model
          provider: Example
          category: faces
          tracks: [audio]
          address: https://api.example.org
          secret: own
          requests: [{url: "{address}/check", headers: {X-Key: "{secret}"}, send: raw}]
          answer: $
        - name: later
          provider: Later
          category: faces
          tracks: [image]
          address: https://later.example.org
          secret: later
          requests: [{url: "{address}/check", send: raw, headers: {X-Callback: "{callbackUrl}"}}]
          callback: {header: X-Signature, secret: "{secret}", check: hmac-sha256}
          answer: $
      publicUrl: https://proxy.example.org/touchstone
      judge: {provider: bedrock, model: "eu.example.model-v1:0", usdPerMonth: 20}
      recogniser: {provider: amazon-transcribe, seconds: 300}
      billing:
        currency: EUR
        marketplace: {productCode: 4tqproduct, dimension: usage, unitMicros: 1000}
        stripe: {meter: mtr_1, eventName: touchstone_usage, unitMicros: 10000, price: price_1}
      bot:
        approve: [high]
        deadline: PT1H
        platforms:
          x: {monthlyCapUsd: 50, pollMinutes: 1}
          mastodon: {address: https://mastodon.example, link: true}
      metrics: {detailed: true}
      logDays: 90
      deletable: true
      """),

  /** The minimum: no endpoint, some names denied. */
  BARE(
      """
      functions:
        resolverImage: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/resolve@sha256:\
      0000000000000000000000000000000000000000000000000000000000000000
      secrets: []
      dashboard: false
      egress: {deny: [.example.com]}
      """);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String yaml;
  private Path out;
  private JsonNode template;

  Deployment(String yaml) {
    this.yaml = yaml;
  }

  /** The repository. */
  public static Path root() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder that was written. */
  public synchronized Path out() {
    if (out == null) {
      Path folder = Path.of("target", "synthesised", name().toLowerCase(Locale.ROOT));
      App app = TouchstoneApp.app(folder.toAbsolutePath());
      TouchstoneApp.stack(
          app, ConfigReader.parse(yaml), new Artefacts(root(), Path.of("target", "stand-ins")));
      app.synth();
      out = folder;
    }
    return out;
  }

  public synchronized JsonNode template() {
    if (template == null) {
      try (Stream<Path> files = Files.list(out())) {
        template =
            json(
                files
                    .filter(file -> file.toString().endsWith(".template.json"))
                    .findFirst()
                    .orElseThrow());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return template;
  }

  public static JsonNode json(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All resources of a type, by their ids. */
  public Map<String, JsonNode> resources(String type) {
    Map<String, JsonNode> found = new TreeMap<>();
    template()
        .get("Resources")
        .properties()
        .forEach(
            resource -> {
              if (resource.getValue().get("Type").asText().equals(type)) {
                found.put(resource.getKey(), resource.getValue());
              }
            });
    return found;
  }

  /** The properties of all resources of a type. */
  public List<JsonNode> properties(String type) {
    return resources(type).values().stream().map(r -> r.path("Properties")).toList();
  }

  /** The properties of the only resource of a type. */
  public JsonNode only(String type) {
    List<JsonNode> all = properties(type);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " of " + type);
    }
    return all.getFirst();
  }

  /** The function of this name, without the prefix. */
  public JsonNode function(String name) {
    return properties("AWS::Lambda::Function").stream()
        .filter(f -> f.get("FunctionName").asText().endsWith("-" + name))
        .findFirst()
        .orElseThrow();
  }

  /** All statements of the policies of a role, given by what refers to its ARN. */
  public List<JsonNode> statements(JsonNode roleArn) {
    String role = roleArn.get("Fn::GetAtt").get(0).asText();
    List<JsonNode> statements = new ArrayList<>();
    for (JsonNode policy : properties("AWS::IAM::Policy")) {
      if (elements(policy.path("Roles")).anyMatch(r -> r.path("Ref").asText().equals(role))) {
        elements(policy.get("PolicyDocument").get("Statement")).forEach(statements::add);
      }
    }
    return statements;
  }

  /** A value, or all of a list of values. */
  public static Stream<JsonNode> elements(JsonNode node) {
    return node.isArray()
        ? StreamSupport.stream(node.spliterator(), false)
        : node.isMissingNode() ? Stream.empty() : Stream.of(node);
  }

  /** A value, or a list of values, as texts. */
  public static List<String> texts(JsonNode node) {
    return elements(node).map(JsonNode::asText).toList();
  }
}
