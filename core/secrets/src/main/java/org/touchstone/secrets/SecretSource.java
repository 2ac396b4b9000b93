package org.touchstone.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.touchstone.domain.Json;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Where the keys of other organisations' services come from. */
@FunctionalInterface
public interface SecretSource {
  /**
   * A secret, by the name that a description gives it.
   *
   * @return empty when there is none
   */
  Optional<Secret> find(String name);

  /**
   * The secrets in AWS Secrets Manager whose names are a prefix and the name. A secret that was
   * found is kept for the life of the process.
   */
  static SecretSource in(Supplier<SecretsManagerClient> manager, String prefix) {
    Map<String, Secret> found = new ConcurrentHashMap<>();
    return name -> {
      Secret known = found.get(name);
      if (known != null) {
        return Optional.of(known);
      }
      try {
        String text = manager.get().getSecretValue(r -> r.secretId(prefix + name)).secretString();
        Optional<Secret> secret =
            Optional.ofNullable(text).filter(t -> !t.isBlank()).map(Secret::of);
        secret.ifPresent(s -> found.put(name, s));
        return secret;
      } catch (ResourceNotFoundException e) {
        return Optional.empty();
      }
    };
  }

  /** As {@link #in}, in the process' own account and region. */
  static SecretSource inSecretsManager(String prefix) {
    SecretsManagerClient manager =
        SecretsManagerClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
    return in(() -> manager, prefix);
  }

  /**
   * Secrets on one machine: the environment variable of that name in capitals after a prefix, else
   * the field of that name in a JSON file.
   *
   * @param variablePrefix such as {@code TOUCHSTONE_VOTER_}
   * @param file the file; null for none
   * @param environment the value of an environment variable, null without one
   */
  static SecretSource onThisMachine(
      String variablePrefix, Path file, UnaryOperator<String> environment) {
    return name -> {
      String variable =
          environment.apply(variablePrefix + name.toUpperCase(Locale.ROOT).replace('-', '_'));
      if (variable != null && !variable.isBlank()) {
        return Optional.of(Secret.of(variable));
      }
      if (file == null || !Files.exists(file)) {
        return Optional.empty();
      }
      JsonNode secret = json(file).path(name);
      return secret.isMissingNode() || secret.isNull()
          ? Optional.empty()
          : Optional.of(Secret.of(secret.isTextual() ? secret.textValue() : secret.toString()));
    };
  }

  private static JsonNode json(Path file) {
    final int most = 64 * 1024;
    try (InputStream in = Files.newInputStream(file)) {
      return Json.mapper().readTree(new String(in.readNBytes(most), StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      // The cause is not passed on: its message may quote a secret.
      throw new IllegalStateException("the file of secrets is not JSON");
    } catch (IOException e) {
      throw new IllegalStateException("the file of secrets cannot be read");
    }
  }
}
