package org.touchstone.mentions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.SocialAccount;
import org.touchstone.domain.mention.Visibility;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.mentions.analysis.AnalysisResult;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.storage.StoredMention;

/** What is a request, what is not, and which post it is about. */
class RequestsTest {
  private final EmbeddedS3 s3 = EmbeddedS3.inMemory();
  private Desk desk;

  @BeforeEach
  void open() {
    desk =
        new Desk(
            s3,
            MemoryNetwork.ONE_REPLY,
            "{\"platforms\": {\"x\": {\"link\": true, \"perPerson\": 2, \"blocked\": [\"@Troll\"]}}}");
    desk.analyses.complete(Verdict.Level.LOW);
  }

  @AfterEach
  void close() {
    desk.close();
    s3.close();
  }

  private Mention post(Function<MemoryNetwork.Tag, MemoryNetwork.Tag> change) {
    return change.apply(desk.network.tag()).post();
  }

  private void isIgnored(String reason, Function<MemoryNetwork.Tag, MemoryNetwork.Tag> change) {
    Mention mention = post(change);
    desk.poll();
    assertThat(desk.network.repliesTo(mention)).isEmpty();
    StoredMention stored = desk.stored(mention);
    assertThat(stored.state()).isEqualTo(StoredMention.State.IGNORED);
    assertThat(stored.reason()).isEqualTo(reason);
    assertThat(stored.mention().text()).as("the text is not kept").isEmpty();
  }

  @Test
  void theBotDoesNotAnswerItself() {
    isIgnored("self", tag -> tag.by(MemoryNetwork.BOT));
  }

  @Test
  void otherBotsAreNotAnswered() {
    isIgnored("bot", tag -> tag.by(new SocialAccount("b", "otherbot", true, null)));
  }

  @Test
  void aNameThatThePlatformPutsInFrontIsNotARequest() {
    isIgnored("not-addressed", tag -> tag.notAddressed());
  }

  @Test
  void aReplyToTheBotIsNotARequest() {
    isIgnored("reply-to-bot", tag -> tag.answering(MemoryNetwork.BOT));
  }

  @Test
  void whoIsBlockedIsNotAnswered() {
    isIgnored("blocked", tag -> tag.by("troll"));
  }

  @Test
  void mentionsFromBeforeTheBotAreNotAnswered() {
    isIgnored("too-old", tag -> tag.at(desk.now().minus(Duration.ofHours(25))));
  }

  @Test
  void aPersonIsAnsweredSoOftenADayAndAgainTheNextDay() {
    post(tag -> tag);
    post(tag -> tag);
    desk.poll();
    isIgnored("limit-person", tag -> tag);
    desk.pass(Duration.ofDays(1));
    Mention next = post(tag -> tag);
    desk.poll();
    assertThat(desk.network.repliesTo(next)).hasSize(1);
  }

  @Test
  void theSamePersonAsksOnceAboutAPostInAThread() {
    Mention first = post(tag -> tag.inThread("t").under("p", 1));
    desk.poll();
    isIgnored("already-asked", tag -> tag.inThread("t").under("p", 1));
    Mention other = post(tag -> tag.by("bar").inThread("t").under("p", 1));
    desk.poll();
    assertThat(desk.network.repliesTo(first)).hasSize(1);
    assertThat(desk.network.repliesTo(other)).hasSize(1);
    assertThat(desk.analyses.links).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Stop!", "¡Basta!", "pare.", "Arrêtez", "STOPP", "やめてください", "ストップ"})
  void whoSaysStopIsNotAnsweredAnyMore(String stop) {
    Mention waiting = post(tag -> tag);
    desk.analyses.byDefault = new AnalysisResult.Running();
    desk.poll();
    // A bare reply to the bot, in which its name is not typed.
    Mention stopped = post(tag -> tag.notAddressed().answering(MemoryNetwork.BOT).saying(stop));
    desk.poll();
    desk.analyses.complete(Verdict.Level.HIGH);
    desk.ended("analysis-1");
    desk.poll();

    assertThat(desk.network.repliesTo(stopped)).hasSize(1);
    assertThat(desk.network.repliesTo(waiting)).isEmpty();
    desk.pass(Duration.ofDays(400));
    isIgnored("opted-out", tag -> tag);
    assertThat(desk.network.replies).hasSize(1);
  }

  @Test
  void stopInATalkWithSomebodyElseIsNotMeantForTheBot() {
    isIgnored("not-addressed", tag -> tag.notAddressed().saying("stop"));
    Mention next = post(tag -> tag);
    desk.poll();
    assertThat(desk.network.repliesTo(next)).hasSize(1);
  }

  @Test
  void mediaAreLookedForInTheParentThenTheQuotedPostThenTheRootThenTheMention() {
    post(tag -> tag.by("a").under("parent", 1).quoting("quoted", 1).root("root", 1).withMedia());
    post(tag -> tag.by("b").withoutParentMedia().quoting("quoted", 1).root("root", 1).withMedia());
    post(tag -> tag.by("c").withoutParentMedia().root("root", 1).withMedia());
    Mention own = post(tag -> tag.by("d").withoutParentMedia().withMedia());

    desk.poll();

    assertThat(desk.analyses.links)
        .containsExactlyInAnyOrder(
            "https://x.com/Foo/status/parent",
            "https://x.com/quoted/status/quoted",
            "https://x.com/rooter/status/root",
            own.link());
  }

  @Test
  void aThreadWithoutMediaGetsOneNote() {
    Mention first = post(tag -> tag.inThread("t").withoutParentMedia());
    desk.poll();
    isIgnored("no-media", tag -> tag.by("bar").inThread("t").withoutParentMedia());
    assertThat(desk.network.repliesTo(first).getFirst().text()).startsWith("I found no picture");
    assertThat(desk.analyses.links).isEmpty();
  }

  @Test
  void aParentThatIsGoneIsSaidToBeGone() {
    Mention mention = post(tag -> tag.withGap(PlatformException.Kind.DELETED));
    desk.poll();
    assertThat(desk.network.repliesTo(mention).getFirst().text()).contains("was deleted");
  }

  @Test
  void aPublicMentionGetsALinkToTheSharedResult() {
    Mention mention = post(tag -> tag);
    desk.poll();
    assertThat(desk.network.repliesTo(mention).getFirst().text())
        .contains("https://touchstone.example.org/a/analysis-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FOLLOWERS", "DIRECT"})
  void aMentionThatIsNotPublicIsAnsweredAlikeAndNeverShared(Visibility visibility) {
    Mention mention = post(tag -> tag.seenBy(visibility));
    desk.poll();
    assertThat(desk.network.repliesTo(mention))
        .singleElement()
        .satisfies(
            reply -> {
              assertThat(reply.visibility()).isEqualTo(visibility);
              assertThat(reply.text()).doesNotContain("https://");
            });
    assertThat(desk.analyses.shared).isEmpty();
  }

  @Test
  void aPostThatIsNotPublicIsNotSharedEither() {
    post(tag -> tag.underProtected());
    desk.poll();
    assertThat(desk.network.replies).hasSize(1);
    assertThat(desk.analyses.shared).isEmpty();
  }

  @Test
  void theReplyIsInTheMentionsLanguage() {
    Mention mention = post(tag -> tag.in("pt-BR"));
    Mention unknown = post(tag -> tag.by(new SocialAccount("9", "nine", false, "de")).in("xx"));
    desk.poll();
    assertThat(desk.network.repliesTo(mention).getFirst().text()).contains("Poucos indícios");
    assertThat(desk.network.repliesTo(unknown).getFirst().text()).contains("Wenige Hinweise");
  }
}
