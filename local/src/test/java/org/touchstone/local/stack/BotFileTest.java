package org.touchstone.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Verdict;

class BotFileTest {
  @TempDir Path folder;

  private BotFile read(String yaml) throws IOException {
    return BotFile.read(Files.writeString(folder.resolve("bot.yaml"), yaml));
  }

  @Test
  void readsWhatADeploymentHasUnderBot() throws IOException {
    BotFile file =
        read(
            """
            approve: [high]
            deadline: PT1H
            platforms:
              x: {monthlyCapUsd: 12.5, pollMinutes: 2}
              mastodon: {}
            """);

    assertThat(file.settings().approve()).containsExactly(Verdict.Level.HIGH);
    assertThat(file.settings().platforms().get("x").capMicros()).isEqualTo(12_500_000);
    assertThat(file.periods())
        .containsEntry("x", Duration.ofMinutes(2))
        .containsEntry("mastodon", Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{platfroms: {}}",
        "{platforms: {facebook: {}}}",
        "{platforms: {x: }}",
        "{platforms: {x: {perDays: 1}}}",
        "{platforms: {x: {pollMinutes: 0}}}",
        "{platforms: {x: {perDay: -1}}}",
        "{deadline: P2D}"
      })
  void namesTheFileWhereItIsWrong(String yaml) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("bot.yaml");
  }
}
