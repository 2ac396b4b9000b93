package org.touchstone.storage;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.touchstone.domain.Json;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.ReplyKind;

/**
 * The mentions of the bot: one object each, which is created once and changed by its version. Those
 * that are open, held, dead or watched are listed under prefixes of their own, so that nobody reads
 * the past.
 */
public final class MentionStore {
  private static final String HELD = "held";

  private static final String OPEN = "open";
  private static final String DEAD = "dead";
  private static final String WATCHED = "watched";
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain";

  private final ObjectStore objects;
  private final Leases leases;
  private final InstantSource clock;

  public MentionStore(ObjectStore objects, Leases leases, InstantSource clock) {
    this.objects = objects;
    this.leases = leases;
    this.clock = clock;
  }

  /**
   * A mention as it was read.
   *
   * @param eTag the version that was read
   */
  public record Found(StoredMention mention, String eTag) {}

  /**
   * The analysis of a post's media.
   *
   * @param key made for this analysis: asking twice with it gives one analysis
   * @param analysisId absent until it was asked for
   * @param createdAt when it was first wanted
   */
  public record TargetAnalysis(String key, String analysisId, Instant createdAt) {}

  /** A mention that waits for an analysis. */
  public record Awaiting(String platform, String id) {}

  /** A mention's id in keys and in the API: 32 lower-case hexadecimal digits. */
  public static String idOf(Mention mention) {
    return MentionKeys.hash(mention.id());
  }

  /** {@link org.touchstone.domain.mention.ReplyIntent#key} of a reply. */
  public static String replyKey(Mention mention, ReplyKind kind) {
    return MentionKeys.hash(mention.platform(), mention.id(), kind.name());
  }

  /**
   * Records a mention, once. Another call after a crash completes an interrupted first call.
   *
   * @return whether this call was the first
   */
  public boolean record(Mention mention) {
    String id = idOf(mention);
    StoredMention seen = StoredMention.seen(mention, clock.instant());
    boolean first =
        objects.createIfAbsent(MentionKeys.mention(mention.platform(), id), Json.bytes(seen), JSON);
    if (first || find(mention.platform(), id).filter(f -> isOpen(f.mention())).isPresent()) {
      mark(mention.platform(), OPEN, id);
    }
    return first;
  }

  private static boolean isOpen(StoredMention mention) {
    return mention.state().isOpen();
  }

  /** A mention; empty when there is none of this id. */
  public Optional<Found> find(String platform, String id) {
    return MentionKeys.isPlatform(platform) && MentionKeys.isId(id)
        ? objects
            .read(MentionKeys.mention(platform, id))
            .map(o -> new Found(Json.read(o.body(), StoredMention.class), o.eTag()))
        : Optional.empty();
  }

  /**
   * Replaces a mention unless it changed since it was read, and lists it where it belongs. What was
   * interrupted between the two leaves a mark too many, never one too few.
   *
   * @return the mention as it is stored now; empty when somebody else changed it
   */
  public Optional<Found> replace(Found read, StoredMention changed) {
    String platform = changed.mention().platform();
    String id = changed.id();
    String key = MentionKeys.mention(platform, id);
    Optional<String> list = listOf(changed);
    // A mark before its state is harmless; a state without its mark would be forgotten.
    list.ifPresent(name -> mark(platform, name, id));
    if (!objects.replace(key, Json.bytes(changed), JSON, read.eTag())) {
      return Optional.empty();
    }
    if (!list.equals(listOf(read.mention()))) {
      // A sweep may have removed the first mark, as it still saw a mention that had ended.
      list.ifPresent(name -> mark(platform, name, id));
      listOf(read.mention())
          .ifPresent(name -> objects.delete(MentionKeys.listed(platform, name, id)));
    }
    return find(platform, id);
  }

  private static Optional<String> listOf(StoredMention mention) {
    return switch (mention.state()) {
      case NEW, ASKING, WAITING, REPLYING -> Optional.of(OPEN);
      case HELD -> Optional.of(HELD);
      case DEAD -> Optional.of(DEAD);
      case ANSWERED, IGNORED -> Optional.empty();
    };
  }

  private void mark(String platform, String list, String id) {
    objects.put(MentionKeys.listed(platform, list, id), new byte[0], TEXT);
  }

  /** Ids of the mentions of which something is to be done. */
  public List<String> open(String platform) {
    return names(platform, OPEN);
  }

  /** The mentions whose reply waits for a person. */
  public List<StoredMention> held(String platform) {
    return list(platform, HELD, StoredMention.State.HELD);
  }

  /** The mentions that were given up. */
  public List<StoredMention> dead(String platform) {
    return list(platform, DEAD, StoredMention.State.DEAD);
  }

  private List<StoredMention> list(String platform, String list, StoredMention.State state) {
    return Parallel.map(names(platform, list), id -> find(platform, id)).stream()
        .flatMap(Optional::stream)
        .map(Found::mention)
        .filter(mention -> mention.state() == state)
        .toList();
  }

  private List<String> names(String platform, String list) {
    String prefix = MentionKeys.list(platform, list);
    return objects.list(prefix).stream().map(key -> key.substring(prefix.length())).toList();
  }

  /** Removes a mention from the open ones, where a crash left it behind. */
  public void forgetOpen(String platform, String id) {
    objects.delete(MentionKeys.listed(platform, OPEN, id));
  }

  /** Has an answered mention looked at again, in case its level changes. */
  public void watch(String platform, String id) {
    mark(platform, WATCHED, id);
  }

  public void unwatch(String platform, String id) {
    objects.delete(MentionKeys.listed(platform, WATCHED, id));
  }

  /** Ids of the mentions that {@link #watch} named. */
  public List<String> watched(String platform) {
    return names(platform, WATCHED);
  }

  /**
   * Releases a held reply; the next sweep posts it.
   *
   * @param by who releases it
   * @return the mention; empty when none of this id waits
   */
  public Optional<StoredMention> release(String platform, String id, String by) {
    return decide(platform, id, held -> held.released(by, clock.instant()));
  }

  /**
   * Discards a held reply: the mention gets none.
   *
   * @param by who discards it
   * @return the mention; empty when none of this id waits
   */
  public Optional<StoredMention> discard(String platform, String id, String by) {
    return decide(platform, id, held -> held.discarded(by, clock.instant()));
  }

  private Optional<StoredMention> decide(
      String platform, String id, UnaryOperator<StoredMention> decision) {
    return find(platform, id)
        .filter(found -> found.mention().state() == StoredMention.State.HELD)
        .flatMap(found -> replace(found, decision.apply(found.mention())))
        .map(Found::mention);
  }

  /** Takes the right to work on a mention; empty when somebody else has it. */
  public Optional<Leases.Lease> lease(String platform, String id, Duration lifetime) {
    return leases.takeMention(MentionKeys.lease(platform, id), lifetime);
  }

  /** Takes the right to poll a platform; empty when somebody else has it. */
  public Optional<Leases.Lease> leasePoll(String platform, Duration lifetime) {
    return leases.takeMention(MentionKeys.lease(platform, "poll"), lifetime);
  }

  public void release(Leases.Lease lease) {
    leases.release(lease);
  }

  /**
   * Claims something that one mention at most may have, such as the note that a thread has no
   * media.
   *
   * @param id the mention
   * @return whether it is this mention's, also from an earlier call
   */
  public boolean claim(String platform, String id, String... what) {
    String key = MentionKeys.claim(platform, what);
    byte[] mine = id.getBytes(StandardCharsets.US_ASCII);
    return objects.createIfAbsent(key, mine, TEXT)
        || objects.read(key).filter(o -> Arrays.equals(o.body(), mine)).isPresent();
  }

  /**
   * Counts a mention against a limit of its day (UTC), once.
   *
   * @param limit names the limit
   * @param of whose it is
   * @param most how many mentions it allows in a day
   * @return whether the limit allows it; one that was allowed once stays so
   */
  public boolean isWithin(String platform, String id, String limit, String of, int most) {
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    String prefix = MentionKeys.counted(platform, day, limit, of);
    if (!objects.createIfAbsent(prefix + id, new byte[0], TEXT)) {
      return true;
    }
    if (objects.list(prefix).size() <= most) {
      return true;
    }
    objects.delete(prefix + id);
    return false;
  }

  /**
   * The analysis of a post's media, the same for all mentions of the post within a while.
   *
   * @param reuse how long one analysis serves
   */
  public TargetAnalysis target(String platform, String postId, Duration reuse) {
    String key = MentionKeys.target(platform, postId);
    Instant now = clock.instant();
    TargetAnalysis fresh =
        new TargetAnalysis(
            "mention-" + MentionKeys.hash(platform, postId, now.toString()), null, now);
    if (objects.createIfAbsent(key, Json.bytes(fresh), JSON)) {
      return fresh;
    }
    return objects
        .update(
            key,
            TargetAnalysis.class,
            known -> known.createdAt().plus(reuse).isAfter(now) ? known : fresh)
        .orElse(fresh);
  }

  /** Keeps the analysis that was asked for with a key. */
  public void asked(String platform, String postId, TargetAnalysis target, String analysisId) {
    objects.update(
        MentionKeys.target(platform, postId),
        TargetAnalysis.class,
        now ->
            now.key().equals(target.key())
                ? new TargetAnalysis(now.key(), analysisId, now.createdAt())
                : now);
  }

  /** Has the next mention of a post analysed anew, because this analysis failed. */
  public void forgetTarget(String platform, String postId, String analysisId) {
    String key = MentionKeys.target(platform, postId);
    objects
        .read(key)
        .map(object -> Json.read(object.body(), TargetAnalysis.class))
        .filter(target -> analysisId.equals(target.analysisId()))
        .ifPresent(target -> objects.delete(key));
  }

  /** Lists a mention under the analysis that it waits for. */
  public void await(String analysisId, String platform, String id) {
    objects.put(MentionKeys.awaiting(analysisId, platform, id), new byte[0], TEXT);
  }

  /** The mentions that an analysis' end is to be told of. */
  public List<Awaiting> awaiting(String analysisId) {
    String prefix = MentionKeys.awaiting(analysisId);
    return objects.list(prefix).stream()
        .map(key -> key.substring(prefix.length()).split("/", 2))
        .filter(parts -> parts.length == 2)
        .map(parts -> new Awaiting(parts[0], parts[1]))
        .toList();
  }
}
