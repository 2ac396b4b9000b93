package org.touchstone.local.bot;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.Posted;
import org.touchstone.domain.mention.ReplyIntent;
import org.touchstone.domain.mention.SocialAccount;
import org.touchstone.mentions.platform.Answer;
import org.touchstone.mentions.platform.Conversation;
import org.touchstone.mentions.platform.MentionPage;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.Traits;

/** An account of which one page of mentions is read, and to which nothing is posted. */
public final class Trial implements Platform {
  private final Platform account;
  private final List<Mention> seen = new CopyOnWriteArrayList<>();
  private boolean polled;

  public Trial(Platform account) {
    this.account = account;
  }

  /** The mentions that were read. */
  public List<Mention> seen() {
    return List.copyOf(seen);
  }

  @Override
  public String name() {
    return account.name();
  }

  @Override
  public Traits traits() {
    return account.traits();
  }

  @Override
  public SocialAccount self() throws PlatformException {
    return account.self();
  }

  /** The newest page at the first call, and then nothing. */
  @Override
  public synchronized Answer<MentionPage> poll(Optional<String> cursor, Optional<String> pageToken)
      throws PlatformException {
    if (polled) {
      return Answer.of(new MentionPage(List.of(), Optional.empty(), Optional.empty()));
    }
    Answer<MentionPage> page = account.poll(Optional.empty(), Optional.empty());
    polled = true;
    seen.addAll(page.value().mentions());
    return new Answer<>(
        new MentionPage(page.value().mentions(), Optional.empty(), Optional.empty()),
        page.rateLimit(),
        page.costMicros());
  }

  @Override
  public Answer<Conversation> conversation(Mention mention) throws PlatformException {
    return account.conversation(mention);
  }

  @Override
  public Answer<Optional<Posted>> find(Mention mention, ReplyIntent intent) {
    return Answer.of(Optional.empty());
  }

  /** Posts nothing. */
  @Override
  public Answer<Posted> post(Mention mention, ReplyIntent intent) {
    return Answer.of(new Posted("trial-" + intent.key(), mention.link()));
  }
}
