package org.touchstone.infra.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;
import org.touchstone.infra.contract.FunctionSpec;

/**
 * {@code roles.json} holds the policies of the roles as they are deployed by default. Elsewhere the
 * functions run with exactly these permissions, so that a missing one is found without AWS. After
 * an intended change, copy {@code target/roles.json} over it.
 */
@NeedsNode
class RolesFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Deployment DEPLOYED = Deployment.DEFAULT;

  @Test
  void holdsThePoliciesThatTheTemplateGivesItsRoles() throws IOException {
    ObjectNode roles = JSON.createObjectNode();
    for (FunctionSpec spec : FunctionSpec.values()) {
      if (spec == FunctionSpec.PARTNERS) {
        // Not deployed by default: nobody is asked.
        continue;
      }
      roles.set(spec.code(), policy(DEPLOYED.function(spec.code()).get("Role")));
    }
    roles.set("endpoint", policy(DEPLOYED.only("AWS::ECS::TaskDefinition").get("TaskRoleArn")));
    roles.set("cpu-endpoint", policy(DEPLOYED.function("endpoint-cpu").get("Role")));
    roles.set("workflow", policy(DEPLOYED.only("AWS::StepFunctions::StateMachine").get("RoleArn")));
    Files.writeString(
        Path.of("target", "roles.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(roles) + "\n");

    assertThat(Deployment.json(Path.of("roles.json"))).isEqualTo(roles);
  }

  private static ObjectNode policy(JsonNode roleArn) {
    ObjectNode policy = JSON.createObjectNode().put("Version", "2012-10-17");
    ArrayNode statements = policy.putArray("Statement");
    for (JsonNode statement : DEPLOYED.statements(roleArn)) {
      ObjectNode copy = statements.addObject();
      statement
          .properties()
          .forEach(
              field ->
                  copy.set(
                      field.getKey(),
                      field.getKey().equals("Resource")
                          ? texts(
                              Deployment.elements(field.getValue())
                                  .map(RolesFileTest::text)
                                  .toList())
                          : field.getValue()));
    }
    return policy;
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
