package org.touchstone.mentions.mastodon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.mentions.calls.Bench.refusal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.Posted;
import org.touchstone.domain.mention.ReplyIntent;
import org.touchstone.domain.mention.ReplyKind;
import org.touchstone.domain.mention.Visibility;
import org.touchstone.emulators.social.http.Answer;
import org.touchstone.emulators.social.mastodon.MastodonServer;
import org.touchstone.emulators.social.network.Attachment;
import org.touchstone.emulators.social.network.Draft;
import org.touchstone.emulators.social.network.Post;
import org.touchstone.emulators.social.network.SocialNetwork;
import org.touchstone.mentions.calls.Bench;
import org.touchstone.mentions.platform.Conversation;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.PlatformException.Kind;

class MastodonTest {
  private static final Attachment PICTURE =
      new Attachment("77", "https://files.example/a.jpg", "image/jpeg");

  private Bench bench;
  private SocialNetwork network;
  private MastodonServer server;
  private Platform platform;

  @BeforeEach
  void start() {
    bench = new Bench(Map.of());
    network = new SocialNetwork(bench);
    server = new MastodonServer(network, "bot");
    bench.put(Mastodon.ACCESS_TOKEN, server.token("bot"));
    bench.put(Mastodon.ACCOUNT_ID, network.join("bot").id());
    bench.put(Mastodon.USERNAME, "bot");
    platform = new MastodonFactory().open(bench.access(server.uri()));
    for (String name : List.of("ann", "bob", "cleo")) {
      network.join(name);
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Post picture() {
    return network.publish(Draft.of("ann", "look at this").with(PICTURE));
  }

  private Post ask(Post under) {
    bench.pass(Duration.ofSeconds(1));
    return network.publish(
        Draft.of("bob", "@ann @bot is this <b>real</b> & new?").replyingTo(under).in("de"));
  }

  private Mention onlyMention() throws Exception {
    List<Mention> mentions = Bench.poll(platform, Optional.empty()).mentions();
    assertThat(mentions).hasSize(1);
    return mentions.getFirst();
  }

  @Test
  void readsAMentionUnderAPicture() throws Exception {
    Post picture = picture();
    Post asked = ask(picture);

    Mention mention = onlyMention();

    assertThat(mention.id()).isEqualTo(asked.id());
    assertThat(mention.addressed()).isTrue();
    assertThat(mention.text()).isEqualTo("is this <b>real</b> & new?");
    assertThat(mention.language()).isEqualTo("de");
    assertThat(mention.threadId()).isEqualTo(picture.id());
    Conversation around = platform.conversation(mention).value();
    assertThat(around.parent().orElseThrow().media()).isEqualTo(1);
    assertThat(around.root()).isEmpty();
  }

  @Test
  void namesThatProgramsPutBeforeAReplyAreNotARequest() throws Exception {
    Post asked = ask(picture());
    network.publish(Draft.of("cleo", "@bob @ann @bot no idea").replyingTo(asked));
    network.publish(Draft.of("cleo", "@bob so let us ask @bot").replyingTo(asked));

    assertThat(Bench.poll(platform, Optional.empty()).mentions())
        .extracting(Mention::addressed)
        .containsExactly(true, false, true);
  }

  @Test
  void pollsPageByPageAndThenOnlyWhatIsNew() throws Exception {
    Post picture = picture();
    for (int i = 0; i < 45; i++) {
      ask(picture);
    }
    Bench.Poll first = Bench.poll(platform, Optional.empty());
    assertThat(first.mentions()).extracting(Mention::id).doesNotHaveDuplicates().hasSize(45);
    Post later = ask(picture);
    assertThat(Bench.poll(platform, first.cursor()).mentions())
        .extracting(Mention::id)
        .containsExactly(later.id());
  }

  @Test
  void firstPollLeavesThePastAlone() throws Exception {
    ask(picture());
    bench.pass(Duration.ofHours(2));
    Bench.Poll poll = Bench.poll(platform, Optional.empty());
    assertThat(poll.mentions()).isEmpty();
    assertThat(poll.cursor()).isPresent();
  }

  @Test
  void findsMediaAtTheRootAndInAQuote() throws Exception {
    Post picture = picture();
    Post between = network.publish(Draft.of("cleo", "hm").replyingTo(picture));
    ask(between);
    Conversation deep = platform.conversation(onlyMention()).value();
    assertThat(deep.parent().orElseThrow().media()).isZero();
    assertThat(deep.root().orElseThrow().media()).isEqualTo(1);
    network.publish(Draft.of("cleo", "@bot this?").quoting(picture));
    Mention quoting = Bench.poll(platform, Optional.empty()).mentions().getFirst();
    assertThat(platform.conversation(quoting).value().quoted().orElseThrow().media()).isEqualTo(1);
  }

  @Test
  void replyTellsOnlyThePersonWhoAsked() throws Exception {
    Post asked = ask(picture());
    Mention mention = onlyMention();

    Posted posted = platform.post(mention, bench.intent("0.97 (a1)")).value();

    Post reply = network.post(posted.id()).orElseThrow();
    assertThat(reply.parent()).isEqualTo(asked.id());
    assertThat(reply.text()).isEqualTo("@bob 0.97 (a1)");
    assertThat(reply.told()).isEqualTo(Set.of(network.join("bob").id()));
    assertThat(refusal(() -> platform.post(mention, bench.intent("hey @ann"))).kind())
        .isEqualTo(Kind.REJECTED);
  }

  @Test
  void replyIsAsPublicAsTheMention() throws Exception {
    network.publish(Draft.of("bob", "@bot and this?").with(PICTURE).visibleTo("direct"));
    Mention mention = onlyMention();
    assertThat(mention.visibility()).isEqualTo(Visibility.DIRECT);
    assertThat(platform.conversation(mention).value().mention().open()).isFalse();

    ReplyIntent intent =
        new ReplyIntent(
            ReplyKind.FINAL, "k", "0.97", "en", Visibility.DIRECT, false, bench.instant());
    Posted posted = platform.post(mention, intent).value();

    assertThat(network.post(posted.id()).orElseThrow().visibility()).isEqualTo("direct");
  }

  @Test
  void secondAttemptWithinTheHourIsTheFirst() throws Exception {
    ask(picture());
    Mention mention = onlyMention();
    ReplyIntent intent = bench.intent("0.97 (a1) https://t.example/a?b=c&d=e");
    server.faults().loseAnswer("POST", "/api/v1/statuses");
    assertThat(refusal(() -> platform.post(mention, intent)).kind()).isEqualTo(Kind.LOST_ANSWER);

    Posted second = platform.post(mention, intent).value();

    assertThat(network.posts(post -> mention.id().equals(post.parent())))
        .extracting(Post::id)
        .containsExactly(second.id());
    bench.pass(Duration.ofHours(3));
    assertThat(platform.find(mention, intent).value()).contains(second);
    assertThat(platform.find(mention, bench.intent("another text")).value()).isEmpty();
  }

  @Test
  void replyIsFoundAlsoWhenTheMentionWasDeleted() throws Exception {
    Post asked = ask(picture());
    Mention mention = onlyMention();
    ReplyIntent intent = bench.intent("0.97 (a1)");
    Posted posted = platform.post(mention, intent).value();
    network.delete(asked.id());
    assertThat(platform.find(mention, intent).value()).contains(posted);
  }

  @Test
  void refusalsHaveNames() throws Exception {
    Post picture = picture();
    Post asked = ask(picture);
    Mention mention = onlyMention();
    network.delete(picture.id());
    assertThat(platform.conversation(mention).value().unreadable()).contains(Kind.DELETED);
    network.delete(asked.id());
    assertThat(refusal(() -> platform.post(mention, bench.intent("a"))).kind())
        .isEqualTo(Kind.DELETED);
    assertThat(refusal(() -> platform.conversation(mention)).kind()).isEqualTo(Kind.DELETED);
    assertThat(refusal(() -> platform.post(mention, bench.intent("x".repeat(600)))).kind())
        .isEqualTo(Kind.REJECTED);
    network.suspend("bot");
    assertThat(refusal(() -> platform.poll(Optional.empty(), Optional.empty())).kind())
        .isEqualTo(Kind.SUSPENDED);
    server.revokeTokens();
    assertThat(refusal(() -> platform.poll(Optional.empty(), Optional.empty())).kind())
        .isEqualTo(Kind.UNAUTHORISED);
  }

  @Test
  void limitsAreTold() throws Exception {
    assertThat(
            platform.poll(Optional.empty(), Optional.empty()).rateLimit().orElseThrow().remaining())
        .isEqualTo(299);
    server.limit().allow(1);
    PlatformException refused = refusal(() -> platform.poll(Optional.empty(), Optional.empty()));
    assertThat(refused.kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(refused.retryAt()).contains(bench.instant().plus(Duration.ofMinutes(5)));
  }

  @Test
  void hostileAnswersAreRefusedOrLeftOut() throws Exception {
    for (String answer :
        new String[] {
          "", "{}", "[1,{}]", "[{\"id\":\"../x\",\"status\":{\"id\":\"a/b\"}}]", "[".repeat(100_000)
        }) {
      server.faults().answer("GET", "/api/v1/notifications", Answer.of(200, "text/html", answer));
      assertThat(platform.poll(Optional.empty(), Optional.empty()).value().mentions()).isEmpty();
    }
  }

  @Test
  void lengthsAreMastodons() {
    assertThat(MastodonFactory.TRAITS.length().applyAsInt("https://a.example/" + "x".repeat(99)))
        .isEqualTo(23);
    assertThat(MastodonFactory.TRAITS.length().applyAsInt("@bob@b.example ok")).isEqualTo(7);
    assertThat(MastodonFactory.TRAITS.length().applyAsInt("\uD83D\uDE4B\uD83C\uDFFD")).isEqualTo(1);
    assertThat(MastodonFactory.TRAITS.fits("x".repeat(468))).isTrue();
    assertThat(MastodonFactory.TRAITS.fits("x".repeat(469))).isFalse();
  }
}
