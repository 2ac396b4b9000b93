package org.touchstone.emulators.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.touchstone.emulators.access.policy.Policy;

/** Policies for tests. */
final class Policies {
  private Policies() {}

  /** A policy that allows these actions on these resources, given in pairs. */
  static Policy allowing(String... actionsAndResources) {
    ObjectNode policy = new ObjectMapper().createObjectNode().put("Version", "2012-10-17");
    ArrayNode statements = policy.putArray("Statement");
    for (int i = 0; i < actionsAndResources.length; i += 2) {
      statements
          .addObject()
          .put("Effect", "Allow")
          .put("Action", actionsAndResources[i])
          .put("Resource", actionsAndResources[i + 1]);
    }
    return Policy.of(policy);
  }

  static Policy parse(String json) {
    try {
      return Policy.of(new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
