package org.touchstone.intake.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.intake.AnalysisService;
import org.touchstone.intake.Aws;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.SourceStore;

/** The planted analyses are what their names say. */
@QuarkusTest
@QuarkusTestResource(Aws.class)
class SceneTest {
  @TempDir Path folder;

  @Inject AnalysisStore analyses;
  @Inject AnalysisService service;
  @Inject ObjectStore objects;
  @Inject SourceStore sources;
  @Inject AccountStore accounts;

  @Test
  void hasEveryLevelAndState() {
    String account = accounts.create("Scene", Instant.now(), new SecureRandom()).id();
    Scene scene = new Scene(account, analyses, objects, sources, folder);
    Map<String, Level> levels = new LinkedHashMap<>();
    levels.put(scene.high(), Level.HIGH);
    levels.put(scene.highVideo(), Level.HIGH);
    levels.put(scene.uncertain(), Level.UNCERTAIN);
    levels.put(scene.low(), Level.LOW);
    levels.put(scene.insufficient(), Level.INSUFFICIENT_EVIDENCE);

    levels.forEach(
        (id, level) ->
            assertThat(service.get(account, id).verdict().level())
                .as(level.name())
                .isEqualTo(level));
    assertThat(service.get(account, scene.trusted()).override().level()).isEqualTo(Level.TRUSTED);
    assertThat(service.get(account, scene.partial()).missing()).hasSize(1);
    assertThat(service.get(account, scene.failed()).error()).isNotNull();
    String progress = scene.progress();
    assertThat(service.get(account, progress).status()).isEqualTo(AnalysisStatus.DETECTING);
    assertThat(service.get(account, progress).preliminary().pending()).hasSize(1);
    scene.end(progress);
    assertThat(service.get(account, progress).verdict().level()).isEqualTo(Level.HIGH);
  }
}
