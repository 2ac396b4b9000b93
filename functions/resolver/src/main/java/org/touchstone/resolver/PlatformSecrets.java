package org.touchstone.resolver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.Platforms;
import org.touchstone.resolver.platform.reddit.Reddit;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Keys for platforms from AWS Secrets Manager: one secret for each, a JSON object of texts, named
 * by the prefix and
 *
 * <ul>
 *   <li>{@code x}: {@code bearerToken}
 *   <li>{@code reddit}: {@code appId}, {@code appSecret}
 *   <li>{@code vetric}: {@code instagramKey}, {@code facebookKey}
 *   <li>{@code google}: {@code apiKey}
 * </ul>
 *
 * <p>Each secret and each field may be missing.
 */
final class PlatformSecrets {
  private final SecretsManagerClient manager;
  private final String prefix;

  PlatformSecrets(SecretsManagerClient manager, String prefix) {
    this.manager = manager;
    this.prefix = prefix;
  }

  /**
   * Reads all.
   *
   * @throws IllegalStateException when a secret is not a JSON object; tells nothing of what it is
   */
  Platforms.Keys keys() {
    JsonNode reddit = secret("reddit");
    JsonNode vetric = secret("vetric");
    Optional<String> appSecret = text(reddit, "appSecret");
    return new Platforms.Keys(
        text(secret("x"), "bearerToken"),
        text(reddit, "appId").flatMap(id -> appSecret.map(secret -> new Reddit.App(id, secret))),
        text(vetric, "instagramKey"),
        text(vetric, "facebookKey"),
        text(secret("google"), "apiKey"));
  }

  private static Optional<String> text(JsonNode secret, String field) {
    return Optional.ofNullable(Nodes.text(secret, field)).map(String::strip);
  }

  private JsonNode secret(String name) {
    String json;
    try {
      json = manager.getSecretValue(request -> request.secretId(prefix + name)).secretString();
    } catch (ResourceNotFoundException notThere) {
      return MissingNode.getInstance();
    }
    try {
      JsonNode node = Json.mapper().readTree(json == null ? "" : json);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException notJson) {
      // Not passed on: what it says may quote the secret.
    }
    throw new IllegalStateException("the secret " + name + " is not a JSON object");
  }
}
