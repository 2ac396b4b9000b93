package org.touchstone.mentions.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.mentions.calls.Bench.refusal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.Posted;
import org.touchstone.domain.mention.ReplyIntent;
import org.touchstone.domain.mention.ReplyKind;
import org.touchstone.emulators.social.bluesky.BlueskyServer;
import org.touchstone.emulators.social.http.Answer;
import org.touchstone.emulators.social.network.Attachment;
import org.touchstone.emulators.social.network.Draft;
import org.touchstone.emulators.social.network.Post;
import org.touchstone.emulators.social.network.SocialNetwork;
import org.touchstone.mentions.calls.Bench;
import org.touchstone.mentions.platform.Conversation;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.PlatformException.Kind;

class BlueskyTest {
  private static final Attachment PICTURE =
      new Attachment("77", "https://cdn.bsky.app/img/a.jpg", "image/jpeg");

  private Bench bench;
  private SocialNetwork network;
  private BlueskyServer server;
  private Platform platform;

  @BeforeEach
  void start() {
    bench = new Bench(Map.of());
    network = new SocialNetwork(bench);
    server = new BlueskyServer(network);
    network.join("bot", true);
    bench.put(BlueskySession.IDENTIFIER, server.handle("bot"));
    bench.put(BlueskySession.PASSWORD, BlueskyServer.PASSWORD);
    bench.put(BlueskySession.DID, server.did("bot"));
    bench.put(BlueskySession.HANDLE, server.handle("bot"));
    platform = new BlueskyFactory().open(bench.access(server.uri()));
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
    return network.publish(Draft.of("bob", "@bot.test is this real?").replyingTo(under).in("pt"));
  }

  private Mention onlyMention() throws Exception {
    List<Mention> mentions = Bench.poll(platform, Optional.empty()).mentions();
    assertThat(mentions).hasSize(1);
    return mentions.getFirst();
  }

  private long signIns() {
    return server.calls().stream().filter(call -> call.path().endsWith("createSession")).count();
  }

  @Test
  void readsAMentionUnderAPicture() throws Exception {
    Post picture = picture();
    Post asked = ask(picture);

    Mention mention = onlyMention();

    assertThat(mention.id()).isEqualTo(BlueskyServer.uriOf(asked));
    assertThat(mention.addressed()).isTrue();
    assertThat(mention.text()).isEqualTo("is this real?");
    assertThat(mention.language()).isEqualTo("pt");
    assertThat(mention.author().handle()).isEqualTo("bob.test");
    assertThat(mention.parentAuthorId()).isEqualTo(server.did("ann"));
    Conversation around = platform.conversation(mention).value();
    assertThat(around.parent().orElseThrow().media()).isEqualTo(1);
    assertThat(around.parent().orElseThrow().link())
        .isEqualTo("https://bsky.app/profile/" + server.did("ann") + "/post/" + picture.key());
  }

  @Test
  void answerToTheBotIsReportedButIsNotARequest() throws Exception {
    ask(picture());
    Mention mention = onlyMention();
    Posted posted = platform.post(mention, bench.intent("0.97 (a1)")).value();
    Post reply = network.posts(post -> BlueskyServer.uriOf(post).equals(posted.id())).getFirst();
    network.publish(Draft.of("bob", "stop").replyingTo(reply));

    Mention answer = Bench.poll(platform, Optional.empty()).mentions().getFirst();

    assertThat(answer.text()).isEqualTo("stop");
    assertThat(answer.addressed()).isFalse();
    assertThat(answer.parentAuthorId()).isEqualTo(server.did("bot"));
  }

  @Test
  void pollsPageByPageAndThenOnlyWhatIsNew() throws Exception {
    Post picture = picture();
    for (int i = 0; i < 120; i++) {
      ask(picture);
    }
    Bench.Poll first = Bench.poll(platform, Optional.empty());
    assertThat(first.pages()).isEqualTo(3);
    assertThat(first.mentions()).extracting(Mention::id).doesNotHaveDuplicates().hasSize(120);

    bench.pass(Duration.ofMinutes(5));
    Post later = ask(picture);
    Bench.Poll second = Bench.poll(platform, first.cursor());
    assertThat(second.pages()).isLessThanOrEqualTo(3);
    assertThat(second.mentions().getFirst().id()).isEqualTo(BlueskyServer.uriOf(later));
    bench.pass(Duration.ofMinutes(5));
    assertThat(Bench.poll(platform, second.cursor()).mentions()).hasSize(1);
  }

  @Test
  void replyNamesOnlyThePersonWhoAsked() throws Exception {
    Post asked = ask(picture());
    Mention mention = onlyMention();

    Posted posted =
        platform
            .post(
                mention,
                bench.intent("@bob.test \uD83D\uDD34 0.97, not @ann.test https://t.example/a."))
            .value();

    Post reply = network.posts(post -> BlueskyServer.uriOf(post).equals(posted.id())).getFirst();
    assertThat(reply.parent()).isEqualTo(asked.id());
    assertThat(server.named(reply)).containsExactly("bob");
    String sent =
        server.calls().stream()
            .filter(call -> call.path().endsWith("putRecord"))
            .findFirst()
            .orElseThrow()
            .text();
    assertThat(sent)
        .contains("{\"byteStart\":0,\"byteEnd\":9}", "\"uri\":\"https://t.example/a\"")
        .contains("\"langs\":[\"en\"]");
  }

  @Test
  void secondAttemptIsTheFirst() throws Exception {
    ask(picture());
    Mention mention = onlyMention();
    ReplyIntent intent = bench.intent("0.97 (a1)");
    server.faults().loseAnswer("POST", "/xrpc/com.atproto.repo.putRecord");
    assertThat(refusal(() -> platform.post(mention, intent)).kind()).isEqualTo(Kind.LOST_ANSWER);

    Posted found = platform.find(mention, intent).value().orElseThrow();
    Posted second = platform.post(mention, intent).value();

    assertThat(second).isEqualTo(found);
    assertThat(network.posts(post -> post.author().name().equals("bot"))).hasSize(1);
    assertThat(platform.find(mention, bench.intent(ReplyKind.DELAY, "later")).value()).isEmpty();
  }

  @Test
  void recordKeysAreTimestampsNearTheMentions() {
    String key = RecordKeys.of("3l3qlvrn4jk2a", "key-1");
    assertThat(key).matches("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}");
    assertThat(key).isEqualTo(RecordKeys.of("3l3qlvrn4jk2a", "key-1")).startsWith("3l3qlv");
    assertThat(RecordKeys.of("3l3qlvrn4jk2a", "key-2")).isNotEqualTo(key);
    assertThat(RecordKeys.of("not-a-timestamp", "key-1")).matches("[2-7a-j][2-7a-z]{12}");
  }

  @Test
  void sessionIsKeptAndRenewedNotBegunAgain() throws Exception {
    platform.poll(Optional.empty(), Optional.empty());
    new BlueskyFactory().open(bench.access(server.uri())).poll(Optional.empty(), Optional.empty());
    server.expireAccess();
    platform.poll(Optional.empty(), Optional.empty());
    assertThat(signIns()).isEqualTo(1);

    server.endSessions();
    platform.poll(Optional.empty(), Optional.empty());
    assertThat(signIns()).isEqualTo(2);

    bench.put(BlueskySession.PASSWORD, "wrong-password");
    server.endSessions();
    PlatformException refused = refusal(() -> platform.poll(Optional.empty(), Optional.empty()));
    assertThat(refused.kind()).isEqualTo(Kind.UNAUTHORISED);
    assertThat(refused.toString()).doesNotContain("wrong-password");
  }

  @Test
  void endedSessionDoesNotPostTwice() throws Exception {
    ask(picture());
    Mention mention = onlyMention();
    server.expireAccess();
    platform.post(mention, bench.intent("0.97"));
    assertThat(network.posts(post -> post.author().name().equals("bot"))).hasSize(1);
  }

  @Test
  void refusalsHaveNames() throws Exception {
    Post picture = picture();
    Post asked = ask(picture);
    Mention mention = onlyMention();
    network.delete(picture.id());
    assertThat(platform.conversation(mention).value().unreadable()).contains(Kind.DELETED);
    network.block("bob", "bot");
    assertThat(refusal(() -> platform.post(mention, bench.intent("a"))).kind())
        .isEqualTo(Kind.BLOCKED);
    network.delete(asked.id());
    assertThat(refusal(() -> platform.post(mention, bench.intent("a"))).kind())
        .isEqualTo(Kind.DELETED);
    network.suspend("bot");
    assertThat(refusal(() -> platform.poll(Optional.empty(), Optional.empty())).kind())
        .isEqualTo(Kind.SUSPENDED);
  }

  @Test
  void limitsAreTold() throws Exception {
    ask(picture());
    Mention mention = onlyMention();
    server.points().allow(0);
    PlatformException refused = refusal(() -> platform.post(mention, bench.intent("a")));
    assertThat(refused.kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(refused.retryAt()).contains(bench.instant().plus(Duration.ofHours(1)));
  }

  @Test
  void hostileAnswersAreRefusedOrLeftOut() throws Exception {
    for (String answer :
        new String[] {
          "",
          "[]",
          "{\"notifications\":[1,{\"uri\":\"at://x\"}],\"cursor\":\"c\"}",
          "{".repeat(100_000)
        }) {
      server
          .faults()
          .answer("GET", "/xrpc/app.bsky.notification", Answer.of(200, "application/json", answer));
      assertThat(platform.poll(Optional.empty(), Optional.empty()).value().mentions()).isEmpty();
    }
  }

  @Test
  void lengthsAreGraphemes() {
    assertThat(
            BlueskyFactory.TRAITS
                .length()
                .applyAsInt("e\u0301\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67"))
        .isEqualTo(2);
  }
}
