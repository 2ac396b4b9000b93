package org.touchstone.mentions.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
  @TempDir Path folder;

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyItsOwnerMayReadIt() throws Exception {
    Path file = folder.resolve("new/bot.json");
    new SecretFile(file, "x").write(Map.of("accessToken", "a"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void platformsHaveSecretsOfTheirOwn() {
    Path file = folder.resolve("bot.json");
    SecretFile x = new SecretFile(file, "x");
    SecretFile mastodon = new SecretFile(file, "mastodon");
    assertThat(x.read()).isEmpty();
    x.write(Map.of("a", "1"));
    mastodon.write(Map.of("b", "2"));
    assertThat(x.read()).isEqualTo(Map.of("a", "1"));
    assertThat(mastodon.read()).isEqualTo(Map.of("b", "2"));
  }

  @Test
  void ofManyRotationsAtOnceOneWins() throws Exception {
    SecretFile file = new SecretFile(folder.resolve("bot.json"), "x");
    Map<String, String> old = Map.of("token", "old");
    file.write(old);
    ConcurrentLinkedQueue<String> winners = new ConcurrentLinkedQueue<>();
    CountDownLatch done = new CountDownLatch(8);
    for (int i = 0; i < 8; i++) {
      String mine = "new" + i;
      Thread.startVirtualThread(
          () -> {
            if (file.replace(old, Map.of("token", mine))) {
              winners.add(mine);
            }
            done.countDown();
          });
    }
    done.await();
    assertThat(winners).hasSize(1);
    assertThat(file.read()).isEqualTo(Map.of("token", winners.peek()));
  }

  @Test
  void damagedFileIsNotQuoted() throws Exception {
    Path file = Files.writeString(folder.resolve("bot.json"), "{\"x\": topsecret");
    assertThatThrownBy(() -> new SecretFile(file, "x").read())
        .hasMessageNotContaining("topsecret")
        .hasNoCause();
  }
}
