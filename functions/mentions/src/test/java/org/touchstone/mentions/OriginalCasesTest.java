package org.touchstone.mentions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.mention.Mention;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.mentions.analysis.AnalysisResult;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.storage.StoredMention;

/**
 * The cases that TrueMedia.org's bot was tested with, with one change here: a reply goes to the
 * post that names the bot, not to the post that is doubted.
 */
class OriginalCasesTest {
  private static EmbeddedS3 s3;

  @BeforeAll
  static void start() {
    s3 = EmbeddedS3.inMemory();
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @ParameterizedTest
  @CsvSource({"HIGH,🔴", "UNCERTAIN,🟡", "LOW,🟢", "TRUSTED,🟢", "INSUFFICIENT_EVIDENCE,⚪"})
  void aVerdictHasItsSign(Verdict.Level level, String sign) {
    try (Desk desk = new Desk(s3)) {
      Mention mention = desk.network.tag().under("789012", 1).post();
      desk.analyses.complete(level);

      desk.poll();

      assertThat(desk.network.repliesTo(mention).getFirst().text()).startsWith(sign);
    }
  }

  @Test
  void aCompleteAnalysisIsPostedOnceAndRecorded() {
    try (Desk desk = new Desk(s3)) {
      Mention mention = desk.network.tag().by("foo").under("789012", 1).post();
      desk.analyses.complete(Verdict.Level.HIGH);

      desk.poll();

      assertThat(desk.network.posts).isEqualTo(1);
      assertThat(desk.network.replies)
          .singleElement()
          .satisfies(r -> assertThat(r.to()).isEqualTo(mention.id()));
      assertThat(desk.analyses.links).containsExactly("https://x.com/Foo/status/789012");
      StoredMention stored = desk.stored(mention);
      assertThat(stored.state()).isEqualTo(StoredMention.State.ANSWERED);
      assertThat(stored.replies().getFirst().posted().id())
          .isEqualTo(desk.network.replies.getFirst().id());
    }
  }

  @Test
  void aPostThatFailsIsNotRecordedAsReplied() {
    try (Desk desk = new Desk(s3)) {
      Mention mention = desk.network.tag().post();
      desk.analyses.complete(Verdict.Level.HIGH);
      desk.network.refusals.add(MemoryNetwork.refusal(PlatformException.Kind.OTHER));

      desk.poll();

      assertThat(desk.network.posts).isEqualTo(1);
      StoredMention stored = desk.stored(mention);
      assertThat(stored.state()).isEqualTo(StoredMention.State.REPLYING);
      assertThat(stored.failures()).isEqualTo(1);
      assertThat(stored.replies().getFirst().posted()).isNull();
    }
  }

  @Test
  void anAnalysisThatTakesTooLongIsSaidSoOnce() {
    try (Desk desk = new Desk(s3)) {
      Mention mention = desk.network.tag().post();
      desk.poll();
      desk.pass(MemoryNetwork.minutes(119));
      desk.poll();
      assertThat(desk.network.posts).isZero();

      desk.pass(MemoryNetwork.minutes(1));
      desk.poll();
      desk.analyses.end("analysis-1", new AnalysisResult.Complete(Verdict.Level.HIGH));
      desk.ended("analysis-1");
      desk.poll();

      assertThat(desk.network.repliesTo(mention)).hasSize(1);
      assertThat(desk.network.replies.getFirst().text()).startsWith("⏳");
    }
  }
}
