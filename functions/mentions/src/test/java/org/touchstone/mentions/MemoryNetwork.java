package org.touchstone.mentions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.Posted;
import org.touchstone.domain.mention.ReplyIntent;
import org.touchstone.domain.mention.SocialAccount;
import org.touchstone.domain.mention.Visibility;
import org.touchstone.mentions.platform.Answer;
import org.touchstone.mentions.platform.Conversation;
import org.touchstone.mentions.platform.MentionPage;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.Prices;
import org.touchstone.mentions.platform.RateLimit;
import org.touchstone.mentions.platform.SocialPost;
import org.touchstone.mentions.platform.Traits;

/**
 * A social network in memory that behaves as X documents: ids that grow, pages that begin with the
 * newest, a limit of length, the same text is not accepted twice, the calls' limits in answers.
 */
final class MemoryNetwork implements Platform {
  static final String NAME = "x";
  static final SocialAccount BOT = new SocialAccount("1", "checkbot", true, null);

  /** As on X: one reply, nothing after it. */
  static final Traits ONE_REPLY =
      new Traits(
          1,
          false,
          false,
          280,
          text -> text.codePointCount(0, text.length()),
          new Prices(25_000, 15_000, 5_000, 10_000, 200_000));

  /** As on Mastodon. */
  static final Traits MANY_REPLIES =
      new Traits(3, true, true, 500, text -> text.codePointCount(0, text.length()), Prices.FREE);

  record Reply(String id, String to, String key, String text, Visibility visibility, Instant at) {}

  private final InstantSource clock;
  private final Traits traits;
  private final List<Mention> mentions = new ArrayList<>();
  private final Map<String, Conversation> conversations = new HashMap<>();
  final List<Reply> replies = new ArrayList<>();

  /** What the next posts meet, first to last; {@code LOST_ANSWER} is posted nevertheless. */
  final Deque<PlatformException> refusals = new ArrayDeque<>();

  /** What the next polls meet. */
  final Deque<PlatformException> pollRefusals = new ArrayDeque<>();

  int pageSize = 25;
  int polls;
  int posts;
  int finds;
  int conversationsRead;
  Optional<RateLimit> limitOfPosts = Optional.empty();
  Optional<PlatformException> unreadable = Optional.empty();

  private long lastId = 1_000;

  MemoryNetwork(InstantSource clock, Traits traits) {
    this.clock = clock;
    this.traits = traits;
  }

  String newId() {
    return Long.toString(++lastId);
  }

  /** A draft of a mention; every test changes what it is about. */
  final class Tag {
    private SocialAccount author = person("foo");
    private boolean addressed = true;
    private String text = "is this real?";
    private String language = "en";
    private Visibility visibility = Visibility.PUBLIC;
    private String thread = newId();
    private String parentAuthor;
    private int parentMedia = 1;
    private boolean parentOpen = true;
    private int ownMedia;
    private String parentId;
    private Optional<SocialPost> quoted = Optional.empty();
    private Optional<SocialPost> root = Optional.empty();
    private Optional<PlatformException.Kind> gap = Optional.empty();
    private Instant at = clock.instant();

    Tag by(SocialAccount who) {
      author = who;
      return this;
    }

    Tag by(String handle) {
      return by(person(handle));
    }

    Tag notAddressed() {
      addressed = false;
      return this;
    }

    Tag saying(String what) {
      text = what;
      return this;
    }

    Tag in(String tag) {
      language = tag;
      return this;
    }

    Tag seenBy(Visibility who) {
      visibility = who;
      return this;
    }

    Tag inThread(String id) {
      thread = id;
      return this;
    }

    Tag under(String post, int media) {
      parentId = post;
      parentMedia = media;
      return this;
    }

    Tag underProtected() {
      parentOpen = false;
      return this;
    }

    Tag withoutParentMedia() {
      parentMedia = 0;
      return this;
    }

    Tag withMedia() {
      ownMedia = 1;
      return this;
    }

    Tag quoting(String id, int media) {
      quoted = Optional.of(MemoryNetwork.post(id, "quoted", media, true));
      return this;
    }

    Tag root(String id, int media) {
      root = Optional.of(MemoryNetwork.post(id, "rooter", media, true));
      return this;
    }

    Tag answering(SocialAccount who) {
      parentAuthor = who.id();
      return this;
    }

    Tag withGap(PlatformException.Kind kind) {
      gap = Optional.of(kind);
      parentMedia = 0;
      return this;
    }

    Tag at(Instant when) {
      at = when;
      return this;
    }

    /** Posts it. */
    Mention post() {
      String id = newId();
      String parent = parentId == null ? newId() : parentId;
      String accused = parentAuthor == null ? "accused" : parentAuthor;
      Mention mention =
          new Mention(
              NAME,
              id,
              link(author.handle(), id),
              author,
              addressed,
              text,
              language,
              visibility,
              at,
              thread,
              parent,
              accused,
              null);
      mentions.add(mention);
      conversations.put(
          id,
          new Conversation(
              MemoryNetwork.post(id, author.handle(), ownMedia, visibility.isOpen()),
              gap.isPresent()
                  ? Optional.empty()
                  : Optional.of(
                      new SocialPost(
                          parent,
                          link("Foo", parent),
                          new SocialAccount(accused, "Foo", false, null),
                          parentMedia,
                          parentOpen)),
              quoted,
              root,
              gap));
      return mention;
    }
  }

  Tag tag() {
    return new Tag();
  }

  static SocialAccount person(String handle) {
    return new SocialAccount("id-" + handle, handle, false, null);
  }

  private static SocialPost post(String id, String author, int media, boolean open) {
    return new SocialPost(id, link(author, id), person(author), media, open);
  }

  private static String link(String author, String id) {
    return "https://x.com/" + author + "/status/" + id;
  }

  List<Reply> repliesTo(Mention mention) {
    return replies.stream().filter(reply -> reply.to().equals(mention.id())).toList();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public SocialAccount self() {
    return BOT;
  }

  @Override
  public Answer<MentionPage> poll(Optional<String> cursor, Optional<String> pageToken)
      throws PlatformException {
    polls++;
    if (!pollRefusals.isEmpty()) {
      throw pollRefusals.removeFirst();
    }
    long since = cursor.map(Long::parseLong).orElse(0L);
    // The token: mentions older than this, and the newest of the first page.
    long before = pageToken.map(t -> Long.parseLong(t.split(":")[0])).orElse(Long.MAX_VALUE);
    List<Mention> page =
        mentions.stream()
            .filter(m -> Long.parseLong(m.id()) > since && Long.parseLong(m.id()) < before)
            .sorted(Comparator.comparing((Mention m) -> Long.parseLong(m.id())).reversed())
            .limit(pageSize + 1L)
            .toList();
    List<Mention> shown = page.subList(0, Math.min(pageSize, page.size()));
    Optional<String> newest =
        pageToken
            .map(token -> token.split(":")[1])
            .or(() -> shown.stream().findFirst().map(Mention::id));
    boolean more = page.size() > pageSize;
    Optional<String> next =
        more ? Optional.of(shown.getLast().id() + ":" + newest.orElseThrow()) : Optional.empty();
    return new Answer<>(
        new MentionPage(shown, next, more ? Optional.empty() : newest),
        Optional.empty(),
        free() ? 0 : 1_000L * shown.size());
  }

  private boolean free() {
    return traits.prices().equals(Prices.FREE);
  }

  @Override
  public Answer<Conversation> conversation(Mention mention) throws PlatformException {
    conversationsRead++;
    if (unreadable.isPresent()) {
      throw unreadable.get();
    }
    return new Answer<>(conversations.get(mention.id()), Optional.empty(), free() ? 0 : 5_000);
  }

  @Override
  public Answer<Optional<Posted>> find(Mention mention, ReplyIntent intent) {
    finds++;
    return Answer.of(
        replies.stream()
            .filter(r -> r.to().equals(mention.id()) && r.text().equals(intent.text()))
            .filter(r -> !r.at().isBefore(intent.createdAt()))
            .findFirst()
            .map(reply -> new Posted(reply.id(), link("checkbot", reply.id()))));
  }

  @Override
  public Answer<Posted> post(Mention mention, ReplyIntent intent) throws PlatformException {
    posts++;
    PlatformException refusal = refusals.pollFirst();
    if (refusal != null && refusal.kind() != PlatformException.Kind.LOST_ANSWER) {
      throw refusal;
    }
    if (!traits.fits(intent.text())) {
      throw new PlatformException(PlatformException.Kind.REJECTED, "too long");
    }
    if (replies.stream().anyMatch(reply -> reply.text().equals(intent.text()))) {
      throw new PlatformException(PlatformException.Kind.DUPLICATE, "duplicate content");
    }
    String id = newId();
    replies.add(
        new Reply(
            id, mention.id(), intent.key(), intent.text(), intent.visibility(), clock.instant()));
    if (refusal != null) {
      throw refusal;
    }
    return new Answer<>(new Posted(id, link("checkbot", id)), limitOfPosts, free() ? 0 : 10_000);
  }

  static PlatformException refusal(PlatformException.Kind kind) {
    return new PlatformException(kind, "refused by the test");
  }

  static PlatformException rateLimited(Instant until) {
    return new PlatformException(
        PlatformException.Kind.RATE_LIMITED, "too many", until, new RateLimit(100, 0, until), 0);
  }

  static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }
}
