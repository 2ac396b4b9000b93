package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.ReplyIntent;
import org.touchstone.domain.mention.ReplyKind;
import org.touchstone.domain.mention.SocialAccount;
import org.touchstone.domain.mention.Visibility;
import org.touchstone.storage.StoredMention.State;

class MentionStoreTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final String X = "x";

  private Instant now = Instant.parse("2026-10-01T12:00:00Z");
  private MentionStore store;
  private BotStore bot;

  @BeforeEach
  void open() {
    ObjectStore objects = BUCKET.objects();
    store = new MentionStore(objects, new Leases(objects, () -> now), () -> now);
    bot = new BotStore(objects);
  }

  private Mention mention(String id) {
    return new Mention(
        X,
        id,
        "https://x.com/foo/status/" + id,
        new SocialAccount("7", "foo", false, null),
        true,
        "is this real?",
        "en",
        Visibility.PUBLIC,
        now,
        "t",
        "p",
        null,
        null);
  }

  private MentionStore.Found found(Mention mention) {
    return store.find(X, MentionStore.idOf(mention)).orElseThrow();
  }

  @Test
  void aMentionIsRecordedOnceWhateverItsId() {
    Mention mention = mention("at://did:plc:a/app.bsky.feed.post/../3k");
    assertThat(store.record(mention)).isTrue();
    assertThat(store.record(mention)).isFalse();
    assertThat(store.open(X)).containsExactly(MentionStore.idOf(mention));
    assertThat(found(mention).mention().mention()).isEqualTo(mention);
  }

  @Test
  void recordingAgainCompletesWhatACrashLeft() {
    Mention mention = mention("1");
    store.record(mention);
    store.forgetOpen(X, MentionStore.idOf(mention));
    store.record(mention);
    assertThat(store.open(X)).hasSize(1);
  }

  @Test
  void ofTwoChangesOfOneVersionOneWins() {
    Mention mention = mention("2");
    store.record(mention);
    MentionStore.Found read = found(mention);
    assertThat(store.replace(read, read.mention().closed(State.IGNORED, "self", now))).isPresent();
    assertThat(store.replace(read, read.mention().closed(State.DEAD, "late", now))).isEmpty();
    assertThat(found(mention).mention().reason()).isEqualTo("self");
    assertThat(found(mention).mention().mention().text()).isEmpty();
    assertThat(store.open(X)).isEmpty();
    assertThat(store.dead(X)).isEmpty();
  }

  @Test
  void aHeldReplyIsListedUntilAPersonDecides() {
    Mention mention = mention("3");
    store.record(mention);
    MentionStore.Found read = found(mention);
    ReplyIntent intent =
        new ReplyIntent(
            ReplyKind.FINAL,
            MentionStore.replyKey(mention, ReplyKind.FINAL),
            "text",
            "en",
            Visibility.PUBLIC,
            false,
            now);
    store.replace(read, read.mention().intends(intent, "level.high", "HIGH", true)).orElseThrow();
    assertThat(store.held(X)).hasSize(1);
    assertThat(store.open(X)).isEmpty();

    store.release(X, MentionStore.idOf(mention), "editor").orElseThrow();

    assertThat(store.held(X)).isEmpty();
    assertThat(store.open(X)).hasSize(1);
    assertThat(found(mention).mention().due().orElseThrow().intent()).isEqualTo(intent);
    assertThat(intent.key()).matches("[0-9a-f]{32}");
  }

  @Test
  void aLimitCountsAMentionOnceAndADayAtATime() {
    String first = MentionStore.idOf(mention("1"));
    String second = MentionStore.idOf(mention("2"));
    assertThat(store.isWithin(X, first, "person", "7", 1)).isTrue();
    assertThat(store.isWithin(X, second, "person", "7", 1)).isFalse();
    assertThat(store.isWithin(X, first, "person", "7", 1)).isTrue();
    assertThat(store.isWithin(X, second, "person", "8", 1)).isTrue();
    now = now.plus(Duration.ofDays(1));
    assertThat(store.isWithin(X, second, "person", "7", 1)).isTrue();
  }

  @Test
  void oneAnalysisServesAPostForAWhile() {
    MentionStore.TargetAnalysis first = store.target(X, "p", Duration.ofDays(7));
    store.asked(X, "p", first, "a1");
    assertThat(store.target(X, "p", Duration.ofDays(7)).analysisId()).isEqualTo("a1");
    now = now.plus(Duration.ofDays(8));
    MentionStore.TargetAnalysis later = store.target(X, "p", Duration.ofDays(7));
    assertThat(later.analysisId()).isNull();
    assertThat(later.key()).isNotEqualTo(first.key());
    store.asked(X, "p", later, "a2");
    store.forgetTarget(X, "p", "a1");
    assertThat(store.target(X, "p", Duration.ofDays(7)).analysisId()).isEqualTo("a2");
  }

  @Test
  void theCapIsNeverExceeded() {
    YearMonth month = YearMonth.of(2026, 10);
    assertThat(bot.reserve(X, month, 60, 100L)).isTrue();
    assertThat(bot.reserve(X, month, 60, 100L)).isFalse();
    bot.settle(X, month, 60, 10);
    assertThat(bot.reserve(X, month, 60, 100L)).isTrue();
    assertThat(bot.spent(X, month)).isEqualTo(new BotStore.Spend(70, 1));
    assertThat(bot.reserve(X, month, 1_000, null)).isTrue();
  }

  @Test
  void anOptOutIsKeptByPersonAndPlatform() {
    bot.optOut(X, "7", now);
    assertThat(bot.isOptedOut(X, "7")).isTrue();
    assertThat(bot.isOptedOut(X, "8")).isFalse();
    assertThat(bot.isOptedOut("mastodon", "7")).isFalse();
  }

  @Test
  void aPlatformsNameCannotReachOtherObjects() {
    assertThat(store.find("../x", "0".repeat(32))).isEmpty();
    assertThat(store.find(X, "../../secrets")).isEmpty();
    assertThatThrownBy(() -> store.open("x/y")).isInstanceOf(IllegalArgumentException.class);
  }
}
