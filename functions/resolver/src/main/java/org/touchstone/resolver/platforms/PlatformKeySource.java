package org.touchstone.resolver.platforms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.touchstone.domain.Json;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PlatformKeys;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Keys for platforms, from AWS Secrets Manager or from a file. Each secret is a JSON object of
 * texts. Its name in Secrets Manager is a prefix and one of the following names; in the file it is
 * a field of one JSON object:
 *
 * <ul>
 *   <li>{@code x}: {@code bearerToken}
 *   <li>{@code reddit}: {@code appId}, {@code appSecret}
 *   <li>{@code vetric}: {@code instagramKey}, {@code facebookKey}
 *   <li>{@code google}: {@code apiKey}
 * </ul>
 *
 * <p>Each secret and each field is optional.
 */
public final class PlatformKeySource {
  private static final int MAX_FILE_BYTES = 64 * 1024;

  private final Function<String, JsonNode> secrets;

  private PlatformKeySource(Function<String, JsonNode> secrets) {
    this.secrets = secrets;
  }

  /** The secrets in Secrets Manager whose names begin with the prefix. */
  public static PlatformKeySource in(SecretsManagerClient manager, String prefix) {
    return new PlatformKeySource(name -> secret(manager, prefix, name));
  }

  /**
   * The secrets in a file.
   *
   * @throws IllegalStateException when it cannot be read or is not a JSON object; the message
   *     reveals nothing of its content
   */
  public static PlatformKeySource in(Path file) {
    byte[] json;
    try (InputStream in = Files.newInputStream(file)) {
      json = in.readNBytes(MAX_FILE_BYTES + 1);
    } catch (IOException e) {
      throw new IllegalStateException("the file of platforms' keys cannot be read");
    }
    if (json.length > MAX_FILE_BYTES) {
      throw new IllegalStateException("the file of platforms' keys is too large");
    }
    JsonNode all = object("file of platforms' keys", new String(json, StandardCharsets.UTF_8));
    return new PlatformKeySource(
        name -> {
          JsonNode secret = all.path(name);
          if (!secret.isMissingNode() && !secret.isObject()) {
            throw notAnObject("secret " + name);
          }
          return secret;
        });
  }

  /**
   * Reads all keys.
   *
   * @throws IllegalStateException when a secret is not a JSON object; the message reveals nothing
   *     of its content
   */
  public PlatformKeys keys() {
    JsonNode reddit = secrets.apply("reddit");
    JsonNode vetric = secrets.apply("vetric");
    Optional<String> appSecret = text(reddit, "appSecret");
    return new PlatformKeys(
        text(secrets.apply("x"), "bearerToken"),
        text(reddit, "appId")
            .flatMap(id -> appSecret.map(secret -> new PlatformKeys.RedditApp(id, secret))),
        text(vetric, "instagramKey"),
        text(vetric, "facebookKey"),
        text(secrets.apply("google"), "apiKey"));
  }

  private static Optional<String> text(JsonNode secret, String field) {
    return Optional.ofNullable(Nodes.text(secret, field)).map(String::strip);
  }

  private static JsonNode secret(SecretsManagerClient manager, String prefix, String name) {
    try {
      return object(
          "secret " + name,
          manager.getSecretValue(request -> request.secretId(prefix + name)).secretString());
    } catch (ResourceNotFoundException notThere) {
      return MissingNode.getInstance();
    }
  }

  private static JsonNode object(String what, String json) {
    try {
      JsonNode node = Json.mapper().readTree(json == null ? "" : json);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException notJson) {
      // The cause is not passed on: its message may quote the secret.
    }
    throw notAnObject(what);
  }

  private static IllegalStateException notAnObject(String what) {
    return new IllegalStateException("the " + what + " is not a JSON object");
  }
}
