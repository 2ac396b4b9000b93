package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Json;
import org.touchstone.domain.account.KeyText;

class KeysIT {
  private static final Pattern KEY = Pattern.compile("tsk_[0-9a-z_]{73}");

  @TempDir Path work;

  @Test
  void managesTheKeysOfARunningApiAndOfAStoppedOne() throws Exception {
    String first;
    try (TouchstoneProcess up = up()) {
      String api = Api.of(up).address("api");
      first = key(up.errors());
      assertThat(status(api, null)).isEqualTo(401);
      assertThat(status(api, first)).isEqualTo(200);

      TouchstoneProcess.Run made = keys("create", "--name", "bot", "--scopes", "read", "--json");
      assertThat(made.exitCode()).as(made.err()).isZero();
      JsonNode bot = Json.mapper().readTree(made.out());
      assertThat(status(api, bot.path("secret").asText())).isEqualTo(200);

      assertThat(keys("revoke", bot.path("id").asText()).exitCode()).isZero();
      assertThat(keys("list").out())
          .contains("This machine", "bot", "revoked")
          .doesNotContain(first.substring(18));
    }

    TouchstoneProcess.Run rotated =
        keys("rotate", KeyText.parse(first).orElseThrow().id(), "--overlap", "7d");
    assertThat(rotated.exitCode()).as(rotated.err()).isZero();
    String second = rotated.out().strip();

    try (TouchstoneProcess up = up()) {
      String api = Api.of(up).address("api");
      assertThat(up.errors()).as("a key is shown once").doesNotContainPattern(KEY);
      assertThat(status(api, second)).isEqualTo(200);
      assertThat(status(api, first)).isEqualTo(200);
    }
  }

  @Test
  void explainsWhatItCannotDo() throws Exception {
    assertThat(keys("create", "--name", "a", "--scopes", "root").err())
        .contains("a scope is analyse, read, label or admin");
    assertThat(keys("create", "--name", "a", "--account", "nobody").exitCode()).isEqualTo(3);
    assertThat(keys("revoke", "0000000000000").exitCode()).isEqualTo(3);
    TouchstoneProcess.Run unknown =
        TouchstoneProcess.run(work, "keys", "list", "--deployment", "elsewhere");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("--bucket");
  }

  private TouchstoneProcess up() throws IOException {
    return TouchstoneProcess.start(
        work, "up", "--port", "0", "--data", work.resolve("data").toString());
  }

  private TouchstoneProcess.Run keys(String command, String... options) throws Exception {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "keys";
    arguments[1] = command;
    System.arraycopy(options, 0, arguments, 2, options.length);
    arguments[options.length + 2] = "--data";
    arguments[options.length + 3] = work.resolve("data").toString();
    return TouchstoneProcess.run(work, arguments);
  }

  private static String key(String text) {
    Matcher found = KEY.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group();
  }

  private static int status(String api, String key) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + "/v1/analyses"));
    if (key != null) {
      request.header("x-api-key", key);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
