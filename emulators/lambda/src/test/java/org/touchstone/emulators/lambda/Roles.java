package org.touchstone.emulators.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.Json;
import org.touchstone.emulators.access.policy.Policy;

/**
 * The policies of the deployed roles. Their file names resources as CloudFormation's {@code
 * Fn::Sub} does; a test of {@code infra} compares it with the template.
 */
final class Roles {
  private static final Path FILE = Path.of("..", "..", "infra", "roles.json");
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");

  /** No role is given its log or its traces here. */
  private static final Pattern LOG = Pattern.compile("(Functions|CpuEndpoint)\\w+Log\\.Arn");

  private final JsonNode roles;
  private final Map<String, String> names;

  /**
   * @param names what the references of the file stand for
   */
  Roles(Map<String, String> names) {
    try {
      roles = Json.mapper().readTree(Files.readAllBytes(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.names = names;
  }

  Policy policy(String role) {
    ObjectNode policy = roles.required(role).deepCopy();
    for (JsonNode statement : policy.get("Statement")) {
      ArrayNode resources = (ArrayNode) statement.get("Resource");
      for (int i = 0; i < resources.size(); i++) {
        resources.set(i, TextNode.valueOf(substituted(resources.get(i).asText())));
      }
    }
    return Policy.of(policy);
  }

  private String substituted(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(reference -> Matcher.quoteReplacement(value(reference.group(1))));
  }

  private String value(String reference) {
    if (LOG.matcher(reference).matches()) {
      return "arn:aws:logs:us-east-1:000000000000:log-group:" + reference;
    }
    String value = names.get(reference);
    if (value == null) {
      throw new IllegalArgumentException("infra/roles.json refers to " + reference);
    }
    return value;
  }
}
