package org.touchstone.mentions.work;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.SocialAccount;
import org.touchstone.mentions.platform.Conversation;
import org.touchstone.mentions.platform.SocialPost;
import org.touchstone.mentions.settings.BotSettings;
import org.touchstone.mentions.settings.PlatformSettings;
import org.touchstone.mentions.templates.StopWords;
import org.touchstone.storage.BotStore;
import org.touchstone.storage.MentionStore;

/** Tells requests from other mentions, and finds the post that a request is about. */
final class Requests {
  private final BotSettings settings;
  private final StopWords stopWords;
  private final MentionStore mentions;
  private final BotStore bot;
  private final InstantSource clock;

  Requests(
      BotSettings settings,
      StopWords stopWords,
      MentionStore mentions,
      BotStore bot,
      InstantSource clock) {
    this.settings = settings;
    this.stopWords = stopWords;
    this.mentions = mentions;
    this.bot = bot;
    this.clock = clock;
  }

  /**
   * Whether a mention tells the bot to stop. Also a bare reply to the bot does; one to somebody
   * else, in which the bot is named only because it is in the thread, does not.
   */
  boolean isOptOut(Mention mention, SocialAccount self) {
    return !isOwn(mention, self)
        && (mention.addressed() || answersBot(mention, self))
        && stopWords.isStop(mention.text());
  }

  /** Why a mention is not a request; empty when it is one. */
  Optional<String> refusal(Mention mention, SocialAccount self) {
    SocialAccount author = mention.author();
    if (isOwn(mention, self)) {
      return Optional.of("self");
    }
    if (bot.isOptedOut(mention.platform(), author.id())) {
      return Optional.of("opted-out");
    }
    if (platform(mention).blocks(author.id(), author.handle())) {
      return Optional.of("blocked");
    }
    if (author.automated()) {
      return Optional.of("bot");
    }
    if (answersBot(mention, self)) {
      return Optional.of("reply-to-bot");
    }
    if (!mention.addressed()) {
      return Optional.of("not-addressed");
    }
    Instant oldest = clock.instant().minus(settings.maxAge());
    return mention.createdAt().isBefore(oldest) ? Optional.of("too-old") : limit(mention);
  }

  private Optional<String> limit(Mention mention) {
    PlatformSettings limits = platform(mention);
    String name = mention.platform();
    String id = MentionStore.idOf(mention);
    if (!mentions.isWithin(name, id, "person", mention.author().id(), limits.perPerson())) {
      return Optional.of("limit-person");
    }
    if (!mentions.isWithin(name, id, "thread", mention.threadId(), limits.perThread())) {
      return Optional.of("limit-thread");
    }
    return mentions.isWithin(name, id, "day", "all", limits.perDay())
        ? Optional.empty()
        : Optional.of("limit-day");
  }

  PlatformSettings platform(Mention mention) {
    return settings.platforms().getOrDefault(mention.platform(), PlatformSettings.DEFAULT);
  }

  /** The first post with media; the bot's own posts are none. */
  static Optional<SocialPost> target(Conversation conversation, SocialAccount self) {
    return Stream.of(conversation.parent(), conversation.quoted(), conversation.root())
        .flatMap(Optional::stream)
        .filter(post -> post.media() > 0 && !post.author().id().equals(self.id()))
        .findFirst()
        .or(() -> Optional.of(conversation.mention()).filter(post -> post.media() > 0));
  }

  private static boolean isOwn(Mention mention, SocialAccount self) {
    return mention.author().id().equals(self.id());
  }

  private static boolean answersBot(Mention mention, SocialAccount self) {
    return self.id().equals(mention.parentAuthorId());
  }
}
