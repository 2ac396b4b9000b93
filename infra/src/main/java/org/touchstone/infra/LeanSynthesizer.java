package org.touchstone.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.FileAssetSource;
import software.amazon.awscdk.IBoundStackSynthesizer;
import software.amazon.awscdk.ISynthesisSession;
import software.amazon.awscdk.Stack;

/**
 * Writes a stack's template without what it says twice: a resource that refers to another already
 * comes after it, so {@code DependsOn} need not name that one. The CDK always names it.
 */
final class LeanSynthesizer extends DefaultStackSynthesizer {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String DEPENDS_ON = "DependsOn";

  /** A reference in a text of {@code Fn::Sub}; an exclamation mark makes it plain text. */
  private static final Pattern IN_TEXT = Pattern.compile("\\$\\{([^!.}]+)[^}]*}");

  /** There is one stack, so it needs no copy of this object, which would lack the method below. */
  @Override
  public IBoundStackSynthesizer reusableBind(Stack stack) {
    bind(stack);
    return this;
  }

  @Override
  protected FileAssetSource synthesizeTemplate(ISynthesisSession session, String lookupRoleArn) {
    FileAssetSource written = super.synthesizeTemplate(session, lookupRoleArn);
    Path file = Path.of(session.getAssembly().getOutdir(), written.getFileName());
    try {
      JsonNode template = JSON.readTree(file.toFile());
      template.path("Resources").forEach(resource -> reduce((ObjectNode) resource));
      byte[] lean = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(template);
      Files.write(file, lean);
      return FileAssetSource.builder()
          .fileName(written.getFileName())
          .packaging(written.getPackaging())
          .sourceHash(sha256(lean))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException("the template cannot be rewritten", e);
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void reduce(ObjectNode resource) {
    if (!resource.has(DEPENDS_ON)) {
      return;
    }
    List<String> names = new ArrayList<>();
    JsonNode dependsOn = resource.get(DEPENDS_ON);
    (dependsOn.isArray() ? dependsOn : JSON.createArrayNode().add(dependsOn))
        .forEach(name -> names.add(name.asText()));
    names.removeAll(referred(resource.path("Properties")));
    if (names.isEmpty()) {
      resource.remove(DEPENDS_ON);
    } else {
      ArrayNode left = resource.putArray(DEPENDS_ON);
      names.forEach(left::add);
    }
  }

  /** The resources that a part of a template refers to. */
  private static Set<String> referred(JsonNode part) {
    Set<String> names = new TreeSet<>();
    if (part.isObject() && part.size() == 1) {
      names.add(part.path("Ref").asText());
      JsonNode attribute = part.path("Fn::GetAtt");
      names.add(
          attribute.isArray() ? attribute.path(0).asText() : attribute.asText().split("\\.")[0]);
      JsonNode sub = part.path("Fn::Sub");
      Matcher references = IN_TEXT.matcher(sub.isArray() ? sub.path(0).asText() : sub.asText());
      while (references.find()) {
        names.add(references.group(1));
      }
    }
    part.forEach(each -> names.addAll(referred(each)));
    return names;
  }
}
