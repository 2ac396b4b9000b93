package org.touchstone.mentions.platform;

import java.util.Optional;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.Posted;
import org.touchstone.domain.mention.ReplyIntent;
import org.touchstone.domain.mention.SocialAccount;

/**
 * The bot's account on a social network. An implementation keeps nothing between calls that a new
 * process would miss: cursors, limits and intents are kept by the caller. It may be used by many
 * threads at once. No call retries by itself; every call is bounded in time and bytes.
 */
public interface Platform {
  /** The platform's name in configuration, keys and metrics: lower-case letters and digits. */
  String name();

  /** What the platform allows and charges. */
  Traits traits();

  /**
   * The bot's own account. An implementation should know it without a paid call, for example from
   * its credentials.
   */
  SocialAccount self() throws PlatformException;

  /**
   * Reads a page of the mentions after a cursor. Adapters report every mention, also those that are
   * not requests; the caller tells them apart.
   *
   * @param cursor {@link MentionPage#cursor} of an earlier poll, recorded by the caller; empty at
   *     the first poll of all
   * @param pageToken {@link MentionPage#nextPage} of the page before; empty for the first page. The
   *     caller may come back with it in another process, together with the same cursor
   * @throws PlatformException {@link PlatformException.Kind#PAGE_EXPIRED} when the token is no
   *     longer valid, so that the poll has to start over at the cursor
   */
  Answer<MentionPage> poll(Optional<String> cursor, Optional<String> pageToken)
      throws PlatformException;

  /**
   * Reads the posts around a mention in which media may be.
   *
   * @throws PlatformException {@link PlatformException.Kind#DELETED} and the like when the mention
   *     itself cannot be read; a parent that cannot be read is part of the answer
   */
  Answer<Conversation> conversation(Mention mention) throws PlatformException;

  /**
   * Looks whether a reply exists already: a post of the bot's own account, in reply to the mention,
   * since the intent was recorded. Where several replies to a mention are allowed, that of the
   * intent's kind, told by its text or record key. A "not found" must be reliable: if the platform
   * may not list a fresh post yet, the adapter throws {@link PlatformException.Kind#UNAVAILABLE}.
   */
  Answer<Optional<Posted>> find(Mention mention, ReplyIntent intent) throws PlatformException;

  /**
   * Posts a reply to the mention; nobody but the mention's author is notified. Where the platform
   * has a means against doubles (an idempotency key, a record key), it is made of {@link
   * ReplyIntent#key}.
   *
   * @throws PlatformException {@link PlatformException.Kind#LOST_ANSWER} when the reply may have
   *     been posted; every other kind means that it was not, save {@link
   *     PlatformException.Kind#DUPLICATE}, which proves neither
   */
  Answer<Posted> post(Mention mention, ReplyIntent intent) throws PlatformException;
}
