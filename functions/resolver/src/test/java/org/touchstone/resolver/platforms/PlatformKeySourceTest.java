package org.touchstone.resolver.platforms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Json;
import org.touchstone.resolver.platform.PlatformKeys;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Tests against a loopback server that implements one operation of Secrets Manager's protocol. */
class PlatformKeySourceTest {
  private final Map<String, String> secrets = new HashMap<>();
  private HttpServer server;
  private SecretsManagerClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client =
        SecretsManagerClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    assertThat(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
        .isEqualTo("secretsmanager.GetSecretValue");
    String id = Json.mapper().readTree(exchange.getRequestBody()).path("SecretId").asText();
    String secret = secrets.get(id);
    byte[] body =
        (secret == null
                ? "{\"__type\":\"ResourceNotFoundException\",\"message\":\"no such secret\"}"
                : Json.string(Map.of("Name", id, "SecretString", secret)))
            .getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(secret == null ? 400 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private PlatformKeys keys() {
    return PlatformKeySource.in(client, "touchstone/platforms/").keys();
  }

  @Test
  void readsEachPlatformsSecret() {
    secrets.put("touchstone/platforms/x", "{\"bearerToken\":\"t\\n\"}");
    secrets.put("touchstone/platforms/reddit", "{\"appId\":\"i\",\"appSecret\":\"s\"}");
    secrets.put("touchstone/platforms/vetric", "{\"instagramKey\":\"v1\",\"facebookKey\":\"v2\"}");
    secrets.put("touchstone/platforms/google", "{\"apiKey\":\"g\"}");

    assertThat(keys())
        .isEqualTo(
            new PlatformKeys(
                Optional.of("t"),
                Optional.of(new PlatformKeys.RedditApp("i", "s")),
                Optional.of("v1"),
                Optional.of("v2"),
                Optional.of("g")));
  }

  @Test
  void doesWithoutWhatIsNotThere() {
    secrets.put("touchstone/platforms/reddit", "{\"appId\":\"i\"}");
    secrets.put("touchstone/platforms/vetric", "{\"instagramKey\":\" \",\"facebookKey\":\"v2\"}");

    assertThat(keys())
        .isEqualTo(
            new PlatformKeys(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("v2"),
                Optional.empty()));
  }

  @Test
  void saysWhichSecretIsWrongAndNothingOfWhatItHolds() {
    secrets.put("touchstone/platforms/x", "hunter2");

    assertThatThrownBy(this::keys)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("secret x")
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }

  @Test
  void prefersWhatIsConfigured() {
    PlatformKeys configured =
        new PlatformKeys(
            Optional.of("mine"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    secrets.put("touchstone/platforms/x", "{\"bearerToken\":\"theirs\"}");
    secrets.put("touchstone/platforms/google", "{\"apiKey\":\"g\"}");

    PlatformKeys all = configured.or(keys());

    assertThat(all.xBearerToken()).contains("mine");
    assertThat(all.googleApiKey()).contains("g");
  }

  @Test
  void readsTheSecretsOfAFile(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("keys.json"),
            "{\"x\":{\"bearerToken\":\"t\"},\"vetric\":{\"facebookKey\":\"v2\"},\"more\":1}");

    PlatformKeys keys = PlatformKeySource.in(file).keys();

    assertThat(keys.xBearerToken()).contains("t");
    assertThat(keys.vetricFacebookKey()).contains("v2");
    assertThat(keys.googleApiKey()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hunter2", "[\"hunter2\"]", "{\"x\":\"hunter2\"}", "{\"x\":hunter2}"})
  void saysThatAFileIsWrongAndNothingOfWhatItHolds(String json, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("keys.json"), json);

    assertThatThrownBy(() -> PlatformKeySource.in(file).keys())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("is not a JSON object")
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }

  @Test
  void fileOfKeysMustBeThereAndSmall(@TempDir Path folder) throws IOException {
    Path large = Files.writeString(folder.resolve("large.json"), " ".repeat(70_000));

    assertThatThrownBy(() -> PlatformKeySource.in(folder.resolve("none.json")))
        .hasMessageContaining("cannot be read")
        .hasMessageNotContaining(folder.toString());
    assertThatThrownBy(() -> PlatformKeySource.in(large)).hasMessageContaining("too large");
  }
}
