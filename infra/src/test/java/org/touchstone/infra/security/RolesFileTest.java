package org.touchstone.infra.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.infra.Deployment.DEFAULT;
import static org.touchstone.infra.Deployment.FULL;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;
import org.touchstone.infra.contract.FunctionSpec;

/**
 * {@code roles.json} holds the policies of the roles as they are deployed by default, and what
 * voters of other organisations and selling add to them. Elsewhere the functions run with exactly
 * these permissions, so that a missing one is found without AWS. After an intended change, copy
 * {@code target/roles.json} over it.
 */
@NeedsNode
class RolesFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Functions of voters, of selling and of the bot. */
  private static final Set<FunctionSpec> NOT_BY_DEFAULT =
      EnumSet.of(
          FunctionSpec.PARTNERS,
          FunctionSpec.CALLBACKS,
          FunctionSpec.EXPORT,
          FunctionSpec.BUYING,
          FunctionSpec.NOTICES,
          FunctionSpec.MENTIONS,
          FunctionSpec.MENTION_REPLIES);

  @Test
  void holdsThePoliciesThatTheTemplateGivesItsRoles() throws IOException {
    ObjectNode roles = JSON.createObjectNode();
    for (FunctionSpec spec : FunctionSpec.values()) {
      roles.set(
          spec.code(),
          policy(NOT_BY_DEFAULT.contains(spec) ? null : role(DEFAULT, spec), role(FULL, spec)));
    }
    roles.set(
        "endpoint", policy(DEFAULT.only("AWS::ECS::TaskDefinition").get("TaskRoleArn"), null));
    roles.set("cpu-endpoint", policy(DEFAULT.function("endpoint-cpu").get("Role"), null));
    roles.set("workflow", policy(workflow(DEFAULT), workflow(FULL)));
    Files.writeString(
        Path.of("target", "roles.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(roles) + "\n");

    assertThat(Deployment.json(Path.of("roles.json"))).isEqualTo(roles);
  }

  private static JsonNode role(Deployment deployment, FunctionSpec spec) {
    return deployment.function(spec.code()).get("Role");
  }

  private static JsonNode workflow(Deployment deployment) {
    return deployment.only("AWS::StepFunctions::StateMachine").get("RoleArn");
  }

  /**
   * The statements of a role.
   *
   * @param usual the role as it is deployed by default; null when it is not
   * @param withVoters the role where there are voters, of which those about voters' resources
   *     matter; all of them where there is no other; null when it has none
   */
  private static ObjectNode policy(JsonNode usual, JsonNode withVoters) {
    ObjectNode policy = JSON.createObjectNode().put("Version", "2012-10-17");
    ArrayNode statements = policy.putArray("Statement");
    if (usual != null) {
      DEFAULT.statements(usual).forEach(statement -> add(statements, statement, resource -> true));
    }
    if (withVoters != null) {
      for (JsonNode statement : FULL.statements(withVoters)) {
        // The default deployment has no key of its own.
        if (!statement.get("Action").toString().contains("kms:")) {
          add(
              statements,
              statement,
              resource -> usual == null || resource.startsWith("${Partners"));
        }
      }
    }
    return policy;
  }

  private static void add(ArrayNode statements, JsonNode statement, Predicate<String> isWanted) {
    List<String> resources =
        Deployment.elements(statement.get("Resource"))
            .map(RolesFileTest::text)
            // One of the two deployments has a region of its own.
            .map(text -> text.replace("eu-central-1", "${AWS::Region}"))
            .filter(isWanted)
            .toList();
    if (!resources.isEmpty()) {
      ObjectNode copy = statements.addObject();
      statement
          .properties()
          .forEach(
              field ->
                  copy.set(
                      field.getKey(),
                      field.getKey().equals("Resource") ? texts(resources) : field.getValue()));
    }
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode list = JSON.createArrayNode();
    texts.forEach(list::add);
    return list;
  }

  /** A value with its references in the form of {@code Fn::Sub}. */
  private static String text(JsonNode value) {
    if (value.isTextual()) {
      return value.asText();
    }
    if (value.has("Ref")) {
      return "${" + named(value.get("Ref").asText()) + "}";
    }
    if (value.has("Fn::GetAtt")) {
      JsonNode attribute = value.get("Fn::GetAtt");
      return "${" + named(attribute.get(0).asText()) + "." + attribute.get(1).asText() + "}";
    }
    JsonNode join = value.get("Fn::Join");
    assertThat(join).as("a reference of a kind that is known: %s", value).isNotNull();
    return Deployment.elements(join.get(1))
        .map(RolesFileTest::text)
        .collect(Collectors.joining(join.get(0).asText()));
  }

  /** A logical id without the hash that the CDK appends. */
  private static String named(String logicalId) {
    return logicalId.replaceFirst("[0-9A-F]{8}$", "");
  }
}
