package org.touchstone.mentions.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.mentions.calls.Bench.refusal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.Posted;
import org.touchstone.domain.mention.ReplyIntent;
import org.touchstone.emulators.social.http.Answer;
import org.touchstone.emulators.social.network.Attachment;
import org.touchstone.emulators.social.network.Draft;
import org.touchstone.emulators.social.network.Post;
import org.touchstone.emulators.social.network.SocialNetwork;
import org.touchstone.emulators.social.x.XServer;
import org.touchstone.mentions.calls.Bench;
import org.touchstone.mentions.platform.Conversation;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.PlatformException.Kind;

class XTest {
  private static final Attachment PICTURE =
      new Attachment("77", "https://pbs.twimg.com/media/a.jpg", "image/jpeg");

  private Bench bench;
  private SocialNetwork network;
  private XServer server;
  private Platform platform;

  @BeforeEach
  void start() {
    Map<String, String> secret = new HashMap<>();
    bench = new Bench(secret);
    network = new SocialNetwork(bench);
    server = new XServer(network, "TouchstoneBot");
    String[] token = server.token("TouchstoneBot");
    bench.put(XSecret.CONSUMER_KEY, server.consumerKey());
    bench.put(XSecret.CONSUMER_SECRET, server.consumerSecret());
    bench.put(XSecret.ACCESS_TOKEN, token[0]);
    bench.put(XSecret.ACCESS_TOKEN_SECRET, token[1]);
    bench.put(XSecret.USER_ID, network.join("TouchstoneBot").id());
    bench.put(XSecret.USERNAME, "TouchstoneBot");
    platform = new XFactory().open(bench.access(server.uri()));
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
    return network.publish(Draft.of("bob", "@TouchstoneBot is this real?").replyingTo(under));
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
    assertThat(mention.author().handle()).isEqualTo("bob");
    assertThat(mention.addressed()).isTrue();
    assertThat(mention.text()).isEqualTo("is this real?");
    assertThat(mention.parentId()).isEqualTo(picture.id());
    assertThat(mention.others()).containsExactly(picture.author().id());
    Conversation around = platform.conversation(mention).value();
    assertThat(around.parent().orElseThrow().media()).isEqualTo(1);
    assertThat(around.parent().orElseThrow().link())
        .isEqualTo("https://x.com/i/status/" + picture.id());
  }

  @Test
  void readsOneOtherPostForAMentionUnderAPicture() throws Exception {
    ask(picture());
    Mention mention = onlyMention();

    assertThat(platform.conversation(mention).costMicros()).isEqualTo(XFactory.POST_READ);
    assertThat(platform.post(mention, bench.intent("0.97 (a1)")).costMicros())
        .isEqualTo(XFactory.REPLY);
  }

  @Test
  void findsMediaAtTheRootInTheQuoteAndInTheMentionItself() throws Exception {
    Post picture = picture();
    Post between = network.publish(Draft.of("cleo", "hm").replyingTo(picture));
    ask(between);
    Conversation deep = platform.conversation(onlyMention()).value();
    assertThat(deep.parent().orElseThrow().media()).isZero();
    assertThat(deep.root().orElseThrow().media()).isEqualTo(1);

    network.publish(Draft.of("cleo", "@TouchstoneBot this?").quoting(picture));
    network.publish(Draft.of("bob", "@TouchstoneBot and mine?").with(PICTURE));
    List<Mention> all = Bench.poll(platform, Optional.empty()).mentions();
    Conversation own = platform.conversation(all.get(0)).value();
    Conversation quoting = platform.conversation(all.get(1)).value();
    assertThat(quoting.quoted().orElseThrow().media()).isEqualTo(1);
    assertThat(own.mention().media()).isEqualTo(1);
    assertThat(own.parent()).isEmpty();
  }

  @Test
  void namesThatXPutsBeforeAReplyAreNotARequest() throws Exception {
    Post asked = ask(picture());
    network.publish(Draft.of("cleo", "no idea").replyingTo(asked));
    network.publish(Draft.of("ann", "ask @touchstonebot again").replyingTo(asked));

    List<Mention> mentions = Bench.poll(platform, Optional.empty()).mentions();

    assertThat(mentions).extracting(Mention::addressed).containsExactly(true, false, true);
    assertThat(mentions.get(1).text()).isEqualTo("no idea");
  }

  @Test
  void pollsPageByPageAndThenOnlyWhatIsNew() throws Exception {
    Post picture = picture();
    for (int i = 0; i < 60; i++) {
      ask(picture);
    }
    Bench.Poll first = Bench.poll(platform, Optional.empty());
    assertThat(first.pages()).isEqualTo(3);
    assertThat(first.mentions()).extracting(Mention::id).doesNotHaveDuplicates().hasSize(60);

    Post later = ask(picture);
    Bench.Poll second = Bench.poll(platform, first.cursor());
    assertThat(second.mentions()).extracting(Mention::id).containsExactly(later.id());
    assertThat(Bench.poll(platform, second.cursor()).cursor()).isEqualTo(second.cursor());
  }

  @Test
  void firstPollLeavesThePastAlone() throws Exception {
    ask(picture());
    bench.pass(Duration.ofHours(2));

    assertThat(Bench.poll(platform, Optional.empty()).mentions()).isEmpty();
  }

  @Test
  void editedMentionStaysTheSameMention() throws Exception {
    Post asked = ask(picture());
    Bench.Poll first = Bench.poll(platform, Optional.empty());
    network.edit(asked.id(), "@TouchstoneBot is this one real?");

    List<Mention> again = Bench.poll(platform, first.cursor()).mentions();

    assertThat(again).extracting(Mention::id).containsExactly(asked.id());
    assertThat(platform.conversation(again.getFirst()).value().parent()).isPresent();
  }

  @Test
  void replyGoesToThePersonWhoAskedAndTellsNobodyElse() throws Exception {
    Post asked =
        network.publish(
            Draft.of("bob", "@TouchstoneBot @cleo is this real?").replyingTo(picture()));
    Mention mention = onlyMention();

    Posted posted = platform.post(mention, bench.intent("0.97 (a1)")).value();

    Post reply = network.post(posted.id()).orElseThrow();
    assertThat(reply.parent()).isEqualTo(asked.id());
    assertThat(server.told(reply)).containsExactly("bob");
  }

  @Test
  void replyThatNamesAnyoneElseIsNotSent() throws Exception {
    ask(picture());
    Mention mention = onlyMention();

    PlatformException refused =
        refusal(() -> platform.post(mention, bench.intent("ask @ann about it")));

    assertThat(refused.kind()).isEqualTo(Kind.REJECTED);
    assertThat(server.calls()).noneMatch(call -> call.method().equals("POST"));
  }

  @Test
  void lostAnswerIsFoundAgain() throws Exception {
    ask(picture());
    Mention mention = onlyMention();
    ReplyIntent intent = bench.intent("0.97 (a1) & <more>");
    server.faults().loseAnswer("POST", "/2/tweets");
    assertThat(refusal(() -> platform.post(mention, intent)).kind()).isEqualTo(Kind.LOST_ANSWER);

    Post reply = network.posts(post -> mention.id().equals(post.parent())).getFirst();
    assertThat(platform.find(mention, intent).value().orElseThrow().id()).isEqualTo(reply.id());
    assertThat(refusal(() -> platform.post(mention, intent)).kind()).isEqualTo(Kind.DUPLICATE);
  }

  @Test
  void notFoundIsBelievedOnlyOnceXHadTimeToListThePost() throws Exception {
    ask(picture());
    Mention mention = onlyMention();
    ReplyIntent intent = bench.intent("0.97 (a1)");
    server.faults().loseRequest("POST", "/2/tweets");
    assertThat(refusal(() -> platform.post(mention, intent)).kind()).isEqualTo(Kind.LOST_ANSWER);

    PlatformException soon = refusal(() -> platform.find(mention, intent));
    assertThat(soon.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(soon.retryAt()).contains(intent.createdAt().plus(X.SETTLING));

    bench.pass(X.SETTLING);
    assertThat(platform.find(mention, intent).value()).isEmpty();
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
  }

  @Test
  void protectedParentAndBlockedBotAreNamed() throws Exception {
    ask(picture());
    Mention mention = onlyMention();
    network.lock("ann");
    assertThat(platform.conversation(mention).value().unreadable()).contains(Kind.PROTECTED);
    network.block("bob", "TouchstoneBot");
    assertThat(refusal(() -> platform.post(mention, bench.intent("a"))).kind())
        .isEqualTo(Kind.BLOCKED);
    network.suspend("TouchstoneBot");
    assertThat(refusal(() -> platform.post(mention, bench.intent("a"))).kind())
        .isEqualTo(Kind.SUSPENDED);
  }

  @Test
  void replyNobodyAskedForIsRefusedByX() throws Exception {
    Post picture = picture();
    ask(picture);
    Mention mention = onlyMention();
    Mention elsewhere =
        new Mention(
            "x",
            picture.id(),
            mention.link(),
            mention.author(),
            true,
            "",
            null,
            mention.visibility(),
            mention.createdAt(),
            picture.id(),
            null,
            null,
            null);

    assertThat(refusal(() -> platform.post(elsewhere, bench.intent("a"))).kind())
        .isEqualTo(Kind.REPLY_RESTRICTED);
  }

  @Test
  void limitsAreTold() throws Exception {
    server.mentionLimit().allow(1);
    assertThat(
            platform.poll(Optional.empty(), Optional.empty()).rateLimit().orElseThrow().remaining())
        .isZero();
    PlatformException refused = refusal(() -> platform.poll(Optional.empty(), Optional.empty()));
    assertThat(refused.kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(refused.retryAt()).contains(bench.instant().plus(Duration.ofMinutes(15)));
    bench.pass(Duration.ofMinutes(15));
    platform.poll(Optional.empty(), Optional.empty());
  }

  @Test
  void wrongKeysAreNamedAndShownNowhere() {
    bench.put(XSecret.ACCESS_TOKEN_SECRET, "wrong-secret");
    PlatformException refused = refusal(() -> platform.poll(Optional.empty(), Optional.empty()));
    assertThat(refused.kind()).isEqualTo(Kind.UNAUTHORISED);
    assertThat(refused.toString()).doesNotContain("wrong-secret", server.consumerSecret());
  }

  @Test
  void creditThatIsUsedUpIsNamed() throws Exception {
    server
        .faults()
        .answer(
            "GET",
            "/2/users",
            XServer.problem(
                402, "CreditsDepleted", "https://api.x.com/2/problems/credits", "no credits"));
    assertThat(refusal(() -> platform.poll(Optional.empty(), Optional.empty())).kind())
        .isEqualTo(Kind.OUT_OF_CREDIT);
  }

  @Test
  void hostileAnswersAreRefusedOrLeftOut() throws Exception {
    String[] answers = {
      "",
      "null",
      "[]",
      "{\"data\":{}}",
      "{\"data\":[1,{\"id\":\"x\"},{\"id\":\"1\"}]}",
      "{\"data\":[{\"id\":\"1\",\"author_id\":\"2\",\"created_at\":\"never\"}],\"meta\":{\"next_token\":\"a b\"}}",
      "{".repeat(100_000),
      "{\"a\":\"" + "x".repeat(5 << 20) + "\"}"
    };
    for (String answer : answers) {
      server.faults().answer("GET", "/2/users", Answer.of(200, "application/json", answer));
      try {
        assertThat(platform.poll(Optional.empty(), Optional.empty()).value().mentions()).isEmpty();
      } catch (PlatformException e) {
        assertThat(e.kind()).isIn(Kind.OTHER, Kind.UNAVAILABLE);
      }
    }
  }

  @Test
  void successWithoutANumberIsALostAnswer() throws Exception {
    ask(picture());
    Mention mention = onlyMention();
    server.faults().answer("POST", "/2/tweets", Answer.of(201, "application/json", "{}"));
    assertThat(refusal(() -> platform.post(mention, bench.intent("a"))).kind())
        .isEqualTo(Kind.LOST_ANSWER);
    server.faults().answer("POST", "/2/tweets", XServer.problem(503, "x", "about:blank", "busy"));
    assertThat(refusal(() -> platform.post(mention, bench.intent("a"))).kind())
        .isEqualTo(Kind.LOST_ANSWER);
  }

  @Test
  void endedTokenIsRenewedOnceAndKept() throws Exception {
    String[] tokens = server.bearer("TouchstoneBot");
    bench.replace(
        bench.read(),
        Map.of(
            XSecret.CLIENT_ID,
            server.clientId(),
            XSecret.ACCESS_TOKEN,
            tokens[0],
            XSecret.REFRESH_TOKEN,
            tokens[1],
            XSecret.EXPIRES_AT,
            Long.toString(bench.instant().getEpochSecond() + 7200),
            XSecret.USER_ID,
            network.join("TouchstoneBot").id(),
            XSecret.USERNAME,
            "TouchstoneBot"));
    platform.poll(Optional.empty(), Optional.empty());
    assertThat(bench.read().get(XSecret.REFRESH_TOKEN)).isEqualTo(tokens[1]);

    bench.pass(Duration.ofHours(2));
    platform.poll(Optional.empty(), Optional.empty());
    platform.poll(Optional.empty(), Optional.empty());

    assertThat(bench.read().get(XSecret.REFRESH_TOKEN)).isNotEqualTo(tokens[1]);
    assertThat(server.calls()).filteredOn(call -> call.path().endsWith("/token")).hasSize(1);
    server.revokeTokens();
    bench.pass(Duration.ofHours(2));
    assertThat(refusal(() -> platform.poll(Optional.empty(), Optional.empty())).kind())
        .isEqualTo(Kind.UNAUTHORISED);
  }
}
