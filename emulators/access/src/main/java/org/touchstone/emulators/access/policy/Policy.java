package org.touchstone.emulators.access.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An identity-based IAM policy. Access is denied unless a statement allows it and none denies it.
 *
 * <p>Understood are {@code Allow} and {@code Deny}, patterns in actions and resources, and the
 * conditions {@code StringEquals} and {@code StringLike} on the keys of lists. A policy that says
 * anything else is refused as a whole.
 */
public final class Policy {
  private static final String VERSION = "2012-10-17";
  private static final Set<String> POLICY_FIELDS = Set.of("Version", "Id", "Statement");
  private static final Set<String> STATEMENT_FIELDS =
      Set.of("Sid", "Effect", "Action", "Resource", "Condition");

  private final List<Statement> statements;

  private Policy(List<Statement> statements) {
    this.statements = List.copyOf(statements);
  }

  /**
   * Reads a policy document.
   *
   * @throws UnsupportedPolicyException when it says something that is not understood
   */
  public static Policy of(JsonNode document) {
    requireKnown(document, POLICY_FIELDS);
    if (!VERSION.equals(document.path("Version").asText())) {
      throw new UnsupportedPolicyException("the version of a policy must be " + VERSION);
    }
    JsonNode given = document.path("Statement");
    List<Statement> statements = new ArrayList<>();
    for (JsonNode statement : given.isArray() ? given : List.of(given)) {
      statements.add(statement(statement));
    }
    return new Policy(statements);
  }

  private static Statement statement(JsonNode statement) {
    requireKnown(statement, STATEMENT_FIELDS);
    boolean allow =
        switch (statement.path("Effect").asText()) {
          case "Allow" -> true;
          case "Deny" -> false;
          default -> throw new UnsupportedPolicyException("an effect must be Allow or Deny");
        };
    List<Grant> grants = new ArrayList<>();
    for (String action : texts(statement.path("Action"), "Action")) {
      if (!action.equals("*") && action.indexOf(':') < 1) {
        throw new UnsupportedPolicyException(action + " is not an action");
      }
      for (String resource : texts(statement.path("Resource"), "Resource")) {
        if (resource.contains("${")) {
          throw new UnsupportedPolicyException("variables are not supported: " + resource);
        }
        if (!resource.equals("*") && !resource.startsWith("arn:")) {
          throw new UnsupportedPolicyException(resource + " is not an ARN");
        }
        grants.add(new Grant(action, resource));
      }
    }
    List<Condition> conditions = new ArrayList<>();
    statement
        .path("Condition")
        .properties()
        .forEach(
            operator ->
                operator
                    .getValue()
                    .properties()
                    .forEach(
                        key ->
                            conditions.add(
                                Condition.of(
                                    operator.getKey(),
                                    key.getKey(),
                                    texts(key.getValue(), key.getKey())))));
    return new Statement(allow, grants, conditions);
  }

  private static void requireKnown(JsonNode node, Set<String> known) {
    if (!node.isObject()) {
      throw new UnsupportedPolicyException("a policy and its statements are objects");
    }
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                throw new UnsupportedPolicyException(field + " is not supported");
              }
            });
  }

  /** A text, or the texts of a list. */
  private static List<String> texts(JsonNode node, String what) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : node.isArray() ? node : List.of(node)) {
      if (!text.isTextual()) {
        throw new UnsupportedPolicyException(what + " must be a text or a list of texts");
      }
      texts.add(text.asText());
    }
    if (texts.isEmpty()) {
      throw new UnsupportedPolicyException(what + " must not be empty");
    }
    return texts;
  }

  /** Whether the policy allows the access. */
  public boolean allows(Access access) {
    boolean allowed = false;
    for (Statement statement : statements) {
      if (statement.appliesTo(access)) {
        if (!statement.allow()) {
          return false;
        }
        allowed = true;
      }
    }
    return allowed;
  }

  /** What its statements allow, each action on each resource. */
  public List<Grant> grants() {
    return statements.stream()
        .filter(Statement::allow)
        .flatMap(statement -> statement.grants().stream())
        .toList();
  }
}
