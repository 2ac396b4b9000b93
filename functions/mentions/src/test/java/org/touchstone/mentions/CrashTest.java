package org.touchstone.mentions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.mention.Mention;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.storage.StoredMention;
import org.touchstone.testing.Interruptions;

/** The process is killed before or after any of its calls of S3, the platform and the service. */
class CrashTest {
  private static final int MENTIONS = 500;
  private static final int ENOUGH = 200;

  private static EmbeddedS3 s3;

  @BeforeAll
  static void start() {
    s3 = EmbeddedS3.inMemory();
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @Test
  void aMentionGetsOneReplyWhereverTheProcessDies() {
    int call = 1;
    // Before a call nothing is different from after the call before.
    while (isKilledAfter(call)) {
      call++;
      assertThat(call).as("calls for a mention").isLessThan(ENOUGH);
    }
    assertThat(call).isGreaterThan(40);
  }

  private static boolean isKilledAfter(int call) {
    try (Desk desk = new Desk(s3)) {
      Mention mention = desk.network.tag().post();
      boolean killed = false;
      desk.interruptions.killAt(call, false);
      try {
        desk.poll();
        desk.analyses.complete(Verdict.Level.HIGH);
        desk.ended("analysis-1");
      } catch (Interruptions.Killed e) {
        killed = true;
      }
      desk.interruptions.stop();
      desk.analyses.complete(Verdict.Level.HIGH);
      desk.pass(Duration.ofMinutes(16));
      desk.poll();
      desk.poll();
      assertThat(desk.network.repliesTo(mention)).as("killed after call %d", call).hasSize(1);
      assertThat(desk.stored(mention).state()).isEqualTo(StoredMention.State.ANSWERED);
      assertThat(desk.mentions.open(MemoryNetwork.NAME)).isEmpty();
      return killed;
    }
  }

  @Test
  void fiveHundredMentionsGetOneReplyEach() {
    try (Desk desk = new Desk(s3, MemoryNetwork.ONE_REPLY, settings())) {
      List<Mention> all = new ArrayList<>();
      int kills = 0;
      int run = 0;
      while (all.size() < MENTIONS || !desk.mentions.open(MemoryNetwork.NAME).isEmpty()) {
        for (int i = 0; i < 25 && all.size() < MENTIONS; i++) {
          all.add(
              desk.network
                  .tag()
                  .by("person" + all.size())
                  // Every post is asked about by five people.
                  .under("post-" + all.size() / 5, 1)
                  .post());
        }
        // Every third answer of a post is lost.
        if (run % 3 == 0) {
          desk.network.refusals.add(MemoryNetwork.refusal(PlatformException.Kind.LOST_ANSWER));
        }
        desk.interruptions.killAt(1 + run * 37 % 601, run % 2 == 0);
        try {
          desk.poll();
        } catch (Interruptions.Killed e) {
          kills++;
        }
        desk.analyses.complete(Verdict.Level.values()[run % Verdict.Level.values().length]);
        desk.interruptions.killAt(1 + run * 11 % 97, run % 2 == 1);
        try {
          // Of the events some come twice, some never.
          for (int i = 1; i <= desk.analyses.links.size(); i += 1 + run % 4) {
            desk.ended("analysis-" + i);
            desk.ended("analysis-" + i);
          }
        } catch (Interruptions.Killed e) {
          kills++;
        }
        desk.interruptions.stop();
        desk.pass(Duration.ofMinutes(5));
        run++;
        assertThat(run).as("runs").isLessThan(400);
      }
      assertThat(kills).isGreaterThan(20);
      for (Mention mention : all) {
        assertThat(desk.network.repliesTo(mention)).hasSize(1);
        assertThat(desk.stored(mention).state()).isEqualTo(StoredMention.State.ANSWERED);
      }
      assertThat(desk.network.replies).hasSize(MENTIONS);
      assertThat(desk.analyses.links).hasSize(MENTIONS / 5).doesNotHaveDuplicates();
    }
  }

  private static String settings() {
    return "{\"maxAge\": \"P3D\", \"platforms\": {\"x\": {\"perThread\": 1000}}}";
  }
}
