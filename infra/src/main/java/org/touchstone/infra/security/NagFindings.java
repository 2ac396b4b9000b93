package org.touchstone.infra.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Findings of cdk-nag and the CDK. They are stored with the templates for the CDK's command line to
 * show; this class serves those who use the templates without it.
 */
public final class NagFindings {
  private static final Set<String> COMPLAINTS = Set.of("aws:cdk:error", "aws:cdk:warning");

  private NagFindings() {}

  /** One line for each finding in a folder of templates. */
  public static List<String> in(Path folder) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<String> findings = new ArrayList<>();
    for (JsonNode artifact :
        json.readTree(folder.resolve("manifest.json").toFile()).path("artifacts")) {
      JsonNode metadata =
          artifact.has("additionalMetadataFile")
              ? json.readTree(
                  folder.resolve(artifact.get("additionalMetadataFile").asText()).toFile())
              : artifact.path("metadata");
      metadata
          .properties()
          .forEach(
              construct ->
                  construct
                      .getValue()
                      .forEach(
                          message -> {
                            if (COMPLAINTS.contains(message.path("type").asText())) {
                              findings.add(
                                  construct.getKey() + ": " + message.path("data").asText());
                            }
                          }));
    }
    return findings;
  }
}
