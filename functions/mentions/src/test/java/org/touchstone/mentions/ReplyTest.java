package org.touchstone.mentions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.SocialAccount;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.mentions.analysis.AnalysisException;
import org.touchstone.mentions.analysis.AnalysisResult;
import org.touchstone.mentions.platform.PlatformException.Kind;
import org.touchstone.mentions.platform.RateLimit;
import org.touchstone.storage.MentionStore;
import org.touchstone.storage.StoredMention;
import org.touchstone.storage.StoredMention.State;

/** Replies that are refused, lost, held, late and corrected. */
class ReplyTest {
  private static final String X = MemoryNetwork.NAME;

  private final EmbeddedS3 s3 = EmbeddedS3.inMemory();
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(s3);
    desk.analyses.complete(Verdict.Level.HIGH);
  }

  @AfterEach
  void close() {
    desk.close();
    s3.close();
  }

  private Mention refused(Kind kind) {
    Mention mention = desk.network.tag().post();
    desk.network.refusals.add(MemoryNetwork.refusal(kind));
    desk.poll();
    return mention;
  }

  @ParameterizedTest
  @CsvSource({
    "DELETED,deleted",
    "PROTECTED,protected",
    "BLOCKED,blocked",
    "REPLY_RESTRICTED,reply-restricted"
  })
  void aPostThatMayNotBeAnsweredIsLeftAlone(Kind kind, String reason) {
    Mention mention = refused(kind);
    StoredMention stored = desk.stored(mention);
    assertThat(stored.state()).isEqualTo(State.IGNORED);
    assertThat(stored.reason()).isEqualTo(reason);
    desk.pass(Duration.ofHours(5));
    desk.poll();
    assertThat(desk.network.posts).isEqualTo(1);
  }

  @Test
  void aLostAnswerIsLookedForBeforeAnotherAttempt() {
    Mention mention = refused(Kind.LOST_ANSWER);
    assertThat(desk.stored(mention).state()).isEqualTo(State.REPLYING);
    desk.pass(Duration.ofMinutes(2));
    desk.poll();
    assertThat(desk.network.finds).isEqualTo(1);
    assertThat(desk.network.repliesTo(mention)).hasSize(1);
    assertThat(desk.stored(mention).state()).isEqualTo(State.ANSWERED);
  }

  @Test
  void duplicateContentIsNoProofThatTheReplyExists() {
    Mention mention = refused(Kind.DUPLICATE);
    assertThat(desk.network.finds).isEqualTo(1);
    assertThat(desk.stored(mention).state()).isEqualTo(State.REPLYING);
    desk.pass(Duration.ofMinutes(2));
    desk.poll();
    assertThat(desk.network.repliesTo(mention)).hasSize(1);
  }

  @Test
  void whoAskTheSameGetTextsOfTheirOwn() {
    desk.network.tag().by("a").under("p", 1).post();
    desk.network.tag().by("b").under("p", 1).post();
    desk.poll();
    assertThat(desk.network.replies)
        .hasSize(2)
        .extracting(MemoryNetwork.Reply::text)
        .doesNotHaveDuplicates();
  }

  @Test
  void aMentionIsGivenUpAfterSixFailures() {
    Mention mention = refused(Kind.UNAVAILABLE);
    for (int i = 0; i < 5; i++) {
      desk.network.refusals.add(MemoryNetwork.refusal(Kind.UNAVAILABLE));
      desk.pass(Duration.ofHours(4));
      desk.poll();
    }
    assertThat(desk.mentions.dead(X))
        .singleElement()
        .satisfies(d -> assertThat(d.reason()).isEqualTo("unavailable"));
    assertThat(desk.network.posts).isEqualTo(6);
    assertThat(desk.metricLines).anyMatch(line -> line.contains("FailedMentions"));

    desk.pass(Duration.ofDays(1));
    desk.poll();
    assertThat(desk.network.repliesTo(mention)).isEmpty();
  }

  @Test
  void pausesBetweenAttemptsGrow() {
    refused(Kind.OTHER);
    desk.poll();
    assertThat(desk.network.posts).isEqualTo(1);
    desk.pass(Duration.ofMinutes(1));
    desk.network.refusals.add(MemoryNetwork.refusal(Kind.OTHER));
    desk.poll();
    assertThat(desk.network.posts).isEqualTo(2);
    desk.pass(Duration.ofMinutes(4));
    desk.poll();
    assertThat(desk.network.posts).isEqualTo(2);
    desk.pass(Duration.ofMinutes(1));
    desk.poll();
    assertThat(desk.network.replies).hasSize(1);
  }

  @Test
  void aRequestThatIsWrongIsNotRepeated() {
    Mention mention = refused(Kind.REJECTED);
    assertThat(desk.stored(mention).state()).isEqualTo(State.DEAD);
  }

  @Test
  void theLimitOfPostsHoldsAcrossRunsAndIsNobodysFailure() {
    desk.network.limitOfPosts =
        Optional.of(new RateLimit(100, 0, desk.now().plus(Duration.ofMinutes(10))));
    desk.network.tag().by("a").post();
    desk.network.tag().by("b").post();
    desk.poll();
    desk.poll();
    assertThat(desk.network.posts).isEqualTo(1);
    desk.network.limitOfPosts = Optional.empty();
    desk.pass(Duration.ofMinutes(11));
    desk.poll();
    assertThat(desk.network.replies).hasSize(2);
  }

  @Test
  void aPlatformsWordOnLimitsIsBounded() {
    desk.network.tag().post();
    desk.network.refusals.add(MemoryNetwork.rateLimited(desk.now().plus(Duration.ofDays(400))));
    desk.poll();
    assertThat(desk.store.state(X).limitedUntil().get("post"))
        .isEqualTo(desk.now().plus(Duration.ofDays(1)));
  }

  @Test
  void eventAndSweepAnswerOnce() {
    desk.analyses.byDefault = new AnalysisResult.Running();
    Mention mention = desk.network.tag().post();
    desk.poll();
    assertThat(desk.network.replies).isEmpty();
    desk.analyses.complete(Verdict.Level.LOW);
    desk.ended("analysis-1");
    desk.ended("analysis-1");
    desk.poll();
    assertThat(desk.network.repliesTo(mention)).hasSize(1);
  }

  @Test
  void theSweepMakesUpForALostEvent() {
    desk.analyses.byDefault = new AnalysisResult.Running();
    Mention mention = desk.network.tag().post();
    desk.poll();
    desk.analyses.complete(Verdict.Level.LOW);
    desk.poll();
    assertThat(desk.network.repliesTo(mention)).hasSize(1);
  }

  @Test
  void aReplyThatIsHeldWaitsForAPerson() {
    try (Desk careful =
        new Desk(
            s3, MemoryNetwork.ONE_REPLY, "{\"approve\": [\"high\"], \"platforms\": {\"x\": {}}}")) {
      careful.analyses.complete(Verdict.Level.HIGH);
      Mention released = careful.network.tag().by("a").post();
      Mention discarded = careful.network.tag().by("b").post();
      assertThat(careful.poll().held()).isEqualTo(2);
      careful.poll();
      assertThat(careful.network.replies).isEmpty();

      careful.mentions.release(X, MentionStore.idOf(released), "editor").orElseThrow();
      careful.mentions.discard(X, MentionStore.idOf(discarded), "editor").orElseThrow();
      assertThat(careful.mentions.release(X, MentionStore.idOf(discarded), "editor")).isEmpty();
      assertThat(careful.poll().held()).isZero();

      assertThat(careful.network.repliesTo(released)).hasSize(1);
      assertThat(careful.network.repliesTo(discarded)).isEmpty();
      assertThat(careful.stored(released).approval().decidedBy()).isEqualTo("editor");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "post.deleted,was deleted",
    "post.private,not public",
    "media.too-long,too long",
    "media.too-large,too large",
    "media.unsupported,this kind",
    "platform.robot-check,does not give me",
    "post.no-media,no picture",
    "internal,went wrong"
  })
  void aFailureIsSaidWithItsReason(String problem, String words) {
    desk.analyses.byDefault = new AnalysisResult.Failed(problem);
    Mention mention = desk.network.tag().post();
    desk.poll();
    assertThat(desk.network.repliesTo(mention).getFirst().text()).contains(words);
  }

  @Test
  void afterAFailureThePostIsAnalysedAnewForTheNext() {
    desk.analyses.byDefault = new AnalysisResult.Failed("platform.rate-limited");
    desk.network.tag().by("a").under("p", 1).post();
    desk.poll();
    desk.pass(Duration.ofMinutes(5));
    desk.network.tag().by("b").under("p", 1).post();
    desk.poll();
    assertThat(desk.analyses.links).hasSize(2);
  }

  @Test
  void aServiceThatIsDownIsAskedAgain() {
    desk.analyses.refusal = AnalysisException.passing("down");
    Mention mention = desk.network.tag().post();
    desk.poll();
    assertThat(desk.stored(mention).state()).isEqualTo(State.ASKING);
    desk.analyses.refusal = null;
    desk.pass(Duration.ofMinutes(2));
    desk.poll();
    assertThat(desk.network.repliesTo(mention)).hasSize(1);
  }

  @Test
  void wherePlatformsAllowItALateVerdictIsAnnouncedAndALevelCorrected() {
    try (Desk free =
        new Desk(
            s3,
            MemoryNetwork.MANY_REPLIES,
            "{\"platforms\": {\"x\": {\"delay\": true, \"correct\": true}}}")) {
      Mention mention = free.network.tag().post();
      free.poll();
      free.pass(Duration.ofHours(2));
      free.poll();
      free.poll();
      assertThat(free.network.repliesTo(mention)).hasSize(1);
      assertThat(free.network.replies.getFirst().text()).contains("I will reply again");

      free.analyses.complete(Verdict.Level.HIGH);
      free.ended("analysis-1");
      free.poll();
      assertThat(free.network.repliesTo(mention)).hasSize(2);
      assertThat(free.network.replies.getLast().text()).startsWith("🔴");

      free.analyses.complete(Verdict.Level.TRUSTED);
      free.poll();
      free.poll();
      assertThat(free.network.repliesTo(mention)).hasSize(3);
      assertThat(free.network.replies.getLast().text())
          .startsWith("Correction of my earlier reply: 🟢");
    }
  }

  @Test
  void theSettingsDoNotOverruleThePlatform() {
    try (Desk strict =
        new Desk(
            s3,
            MemoryNetwork.ONE_REPLY,
            "{\"platforms\": {\"x\": {\"delay\": true, \"correct\": true}}}")) {
      Mention mention = strict.network.tag().post();
      strict.poll();
      strict.pass(Duration.ofHours(2));
      strict.poll();
      strict.analyses.complete(Verdict.Level.HIGH);
      strict.ended("analysis-1");
      strict.poll();
      assertThat(strict.network.repliesTo(mention)).hasSize(1);
    }
  }

  @Test
  void aNameCannotNotifyOrLinkAndNothingOfThePostIsRepeated() {
    Mention mention =
        desk.network
            .tag()
            .by(new SocialAccount("7", "@everyone #tag evil.example.com", false, null))
            .saying("secret words")
            .post();
    desk.poll();
    assertThat(desk.network.repliesTo(mention).getFirst().text())
        .doesNotContain("@", "#", "evil.example", "secret words");
  }
}
