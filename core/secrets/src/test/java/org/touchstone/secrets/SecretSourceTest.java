package org.touchstone.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretSourceTest {
  @TempDir Path folder;

  @Test
  void environmentComesBeforeTheFile() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("voter-secrets.json"),
            "{\"hive\": \"of the file\", \"sight-engine\": {\"user\": \"u\", \"secret\": \" s \"}}");
    SecretSource source =
        SecretSource.onThisMachine(
            "TOUCHSTONE_VOTER_", file, Map.of("TOUCHSTONE_VOTER_HIVE", "of the shell")::get);

    assertThat(source.find("hive").orElseThrow().value("secret")).isEqualTo("of the shell");
    assertThat(source.find("sight-engine").orElseThrow().value("secret.secret")).isEqualTo("s");
    assertThat(source.find("sight-engine").orElseThrow().value("secret")).isNull();
    assertThat(source.find("other")).isEmpty();
  }

  @Test
  void withoutAFileThereIsNone() {
    assertThat(SecretSource.onThisMachine("TOUCHSTONE_VOTER_", null, name -> null).find("a"))
        .isEmpty();
    assertThat(
            SecretSource.onThisMachine("TOUCHSTONE_VOTER_", folder.resolve("none"), name -> null)
                .find("a"))
        .isEmpty();
  }

  @Test
  void errorQuotesNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("s.json"), "{\"hive\": topsecret");

    assertThatThrownBy(
            () -> SecretSource.onThisMachine("TOUCHSTONE_VOTER_", file, name -> null).find("hive"))
        .hasMessageNotContaining("topsecret")
        .hasNoCause();
  }

  @Test
  void valueThatCannotBeSentIsNone() {
    assertThat(Secret.of("{\"a\": \"x\\ny\", \"b\": \"\"}").value("secret.a")).isNull();
    assertThat(Secret.of("{\"a\": \"x\\ny\", \"b\": \"\"}").value("secret.b")).isNull();
  }

  @Test
  void isShownNowhere() {
    Secret secret = Secret.of("topsecret");
    assertThat(secret.toString()).doesNotContain("topsecret");
    assertThat(secret.hide("a topsecret thing")).isEqualTo("a *** thing");
  }
}
