package org.touchstone.storage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.Posted;
import org.touchstone.domain.mention.ReplyIntent;
import org.touchstone.domain.mention.ReplyKind;

/**
 * A mention of the bot, as it is stored.
 *
 * @param mention what the platform reported; without its text once it is understood
 * @param state how far it is
 * @param recordedAt when it was first seen
 * @param reason why it was ignored or given up, or which text was chosen; absent before
 * @param target the post whose media are analysed; absent until one was chosen
 * @param analysisId the analysis; absent until it was asked for
 * @param level the level that was told, by its code; absent without one
 * @param replies the replies, in the order of their intents
 * @param failures consecutive failed attempts at the step that is due
 * @param nextAt before which no attempt is made; absent when one may be made at once
 * @param approval who let the reply go; absent when nobody has to
 * @param closedAt when it was ended; absent while it is open
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredMention(
    Mention mention,
    State state,
    Instant recordedAt,
    String reason,
    Target target,
    String analysisId,
    String level,
    List<Reply> replies,
    int failures,
    Instant nextAt,
    Approval approval,
    Instant closedAt) {

  /** How far a mention is. */
  public enum State {
    /** It was recorded. */
    @JsonProperty("new")
    NEW,
    /** Its media were found; their analysis is to be asked for. */
    @JsonProperty("asking")
    ASKING,
    /** The analysis is under way. */
    @JsonProperty("waiting")
    WAITING,
    /** A reply waits for a person to release it. */
    @JsonProperty("held")
    HELD,
    /** A reply is to be posted. */
    @JsonProperty("replying")
    REPLYING,
    /** It was answered. */
    @JsonProperty("answered")
    ANSWERED,
    /** It gets no reply. */
    @JsonProperty("ignored")
    IGNORED,
    /** It was given up: a person may have it tried again. */
    @JsonProperty("dead")
    DEAD;

    /** Whether something is to be done without a person. */
    public boolean isOpen() {
      return this == NEW || this == ASKING || this == WAITING || this == REPLYING;
    }
  }

  /**
   * A post with media.
   *
   * @param postId the platform's id of it
   * @param link its web address
   * @param open whether everybody may see it
   */
  public record Target(String postId, String link, boolean open) {}

  /**
   * A reply.
   *
   * @param intent what is to be posted
   * @param attempts how many attempts were begun
   * @param posted the post; absent until it is known to exist
   * @param postedAt when that became known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Reply(ReplyIntent intent, int attempts, Posted posted, Instant postedAt) {
    Reply begun() {
      return new Reply(intent, attempts + 1, posted, postedAt);
    }
  }

  /**
   * A person's decision.
   *
   * @param heldAt since when the reply waits
   * @param decidedAt when it was released or discarded; absent while it waits
   * @param decidedBy who did that, as the audit log names people
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Approval(Instant heldAt, Instant decidedAt, String decidedBy) {}

  public StoredMention {
    Objects.requireNonNull(mention, "mention");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(recordedAt, "recordedAt");
    replies = replies == null ? List.of() : List.copyOf(replies);
  }

  /** A mention that was just seen. */
  public static StoredMention seen(Mention mention, Instant at) {
    return new StoredMention(
        mention, State.NEW, at, null, null, null, null, List.of(), 0, null, null, null);
  }

  /** Its id in keys and in the API. */
  @JsonIgnore
  public String id() {
    return MentionStore.idOf(mention);
  }

  /** The reply that is to be posted or waits to be released. */
  public Optional<Reply> due() {
    return replies.stream().filter(reply -> reply.posted() == null).findFirst();
  }

  /** The reply of a kind. */
  public Optional<Reply> reply(ReplyKind kind) {
    return replies.stream().filter(reply -> reply.intent().kind() == kind).findFirst();
  }

  /** A copy whose media were found. */
  public StoredMention found(Target chosen) {
    return with(State.ASKING, reason, chosen, null, level, replies, approval, null);
  }

  /** A copy whose analysis was asked for. */
  public StoredMention awaiting(String analysis) {
    return with(State.WAITING, reason, target, analysis, level, replies, approval, null);
  }

  /**
   * A copy with a reply that is to be posted.
   *
   * @param text which text was chosen
   * @param told the level that it tells; null for none
   * @param held whether a person has to release it
   */
  public StoredMention intends(ReplyIntent intent, String text, String told, boolean held) {
    List<Reply> more = new ArrayList<>(replies);
    more.add(new Reply(intent, 0, null, null));
    return with(
        held ? State.HELD : State.REPLYING,
        text,
        target,
        analysisId,
        told,
        more,
        held ? new Approval(intent.createdAt(), null, null) : approval,
        null);
  }

  /** A copy whose reply a person released. */
  public StoredMention released(String by, Instant at) {
    return with(
        State.REPLYING,
        reason,
        target,
        analysisId,
        level,
        replies,
        new Approval(approval.heldAt(), at, by),
        null);
  }

  /** A copy whose reply a person discarded. */
  public StoredMention discarded(String by, Instant at) {
    return with(
        State.IGNORED,
        "discarded",
        target,
        analysisId,
        level,
        List.of(),
        new Approval(approval.heldAt(), at, by),
        at);
  }

  /** A copy of which an attempt to post the due reply begins. */
  public StoredMention attempting() {
    return new StoredMention(
        mention,
        state,
        recordedAt,
        reason,
        target,
        analysisId,
        level,
        replies.stream().map(reply -> reply.posted() == null ? reply.begun() : reply).toList(),
        failures,
        nextAt,
        approval,
        closedAt);
  }

  /**
   * A copy whose due reply exists.
   *
   * @param next where it goes from here
   */
  public StoredMention posted(Posted post, Instant at, State next) {
    return with(
        next,
        reason,
        target,
        analysisId,
        level,
        replies.stream()
            .map(r -> r.posted() == null ? new Reply(r.intent(), r.attempts(), post, at) : r)
            .toList(),
        approval,
        next.isOpen() ? null : at);
  }

  /** A copy without the due reply, which cannot be posted. */
  public StoredMention withoutDue(State next, String why, Instant at) {
    return with(
        next,
        why,
        target,
        analysisId,
        level,
        replies.stream().filter(reply -> reply.posted() != null).toList(),
        approval,
        next.isOpen() ? null : at);
  }

  /** A copy that has ended. */
  public StoredMention closed(State end, String why, Instant at) {
    return with(end, why, target, analysisId, level, replies, approval, at);
  }

  /**
   * A copy after a failed attempt.
   *
   * @param counts whether the failure is the mention's own
   * @param next when another attempt may be made
   */
  public StoredMention failed(boolean counts, Instant next) {
    return new StoredMention(
        mention,
        state,
        recordedAt,
        reason,
        target,
        analysisId,
        level,
        replies,
        counts ? failures + 1 : failures,
        next,
        approval,
        closedAt);
  }

  /** A copy in another state, in which nothing has failed yet and no text is kept. */
  private StoredMention with(
      State next,
      String why,
      Target chosen,
      String analysis,
      String told,
      List<Reply> answers,
      Approval decision,
      Instant ended) {
    return new StoredMention(
        mention.withoutText(),
        next,
        recordedAt,
        why,
        chosen,
        analysis,
        told,
        answers,
        0,
        null,
        decision,
        ended);
  }
}
