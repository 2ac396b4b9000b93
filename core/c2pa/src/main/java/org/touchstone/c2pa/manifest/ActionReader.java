package org.touchstone.c2pa.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads assertions about actions, {@code c2pa.actions} in both versions. */
final class ActionReader {
  static final String KIND = "c2pa.actions";

  private static final int MAX = 1_000;
  private static final List<String> INGREDIENTS = List.of("ingredients", "ingredient");

  private ActionReader() {}

  /**
   * The actions of an assertion.
   *
   * @param isCreated whether the claim lists the assertion as its signer's own
   */
  static List<Action> read(JsonNode assertion, boolean isCreated) {
    List<Action> actions = new ArrayList<>();
    for (JsonNode node : assertion.path("actions")) {
      if (actions.size() == MAX) {
        break;
      }
      actions.add(
          new Action(
              Claim.text(node.path("action")),
              Claim.text(node.path("digitalSourceType")),
              agent(node.path("softwareAgent"), node, assertion),
              Claim.text(
                  node.has("description")
                      ? node.path("description")
                      : node.path("parameters").path("description")),
              Claim.text(node.path("when")),
              isCreated,
              ingredients(node.path("parameters"))));
    }
    return actions;
  }

  /** A name, an object with a name, or the number of one of the assertion's agents. */
  private static String agent(JsonNode agent, JsonNode action, JsonNode assertion) {
    if (agent.isObject()) {
      return Claim.text(agent.path("name"));
    }
    if (agent.isTextual()) {
      return Claim.text(agent);
    }
    JsonNode index = action.path("softwareAgentIndex");
    return index.isInt()
        ? Claim.text(assertion.path("softwareAgents").path(index.intValue()).path("name"))
        : null;
  }

  private static List<String> ingredients(JsonNode parameters) {
    List<String> labels = new ArrayList<>();
    for (String name : INGREDIENTS) {
      JsonNode node = parameters.path(name);
      for (JsonNode one : node.isArray() ? node : List.of(node)) {
        JumbfUri.of(one.path("url").asText(null)).ifPresent(uri -> labels.add(uri.last()));
      }
    }
    return labels.stream().limit(MAX).toList();
  }
}
