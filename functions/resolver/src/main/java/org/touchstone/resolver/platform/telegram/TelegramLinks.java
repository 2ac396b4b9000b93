package org.touchstone.resolver.platform.telegram;

import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.link.LinkTable;

/** Posts in public channels and groups on Telegram. */
public final class TelegramLinks {
  public static final LinkTable TABLE =
      LinkTable.of("telegram", "Telegram")
          .hosts("t.me", "www.t.me", "telegram.me", "www.telegram.me", "telegram.dog")
          .extract("post", "/s/{channel:channel}/{id:digits}", "https://t.me/{channel}/{id}")
          .extract("post", "/{channel:channel}/{id:digits}", "https://t.me/{channel}/{id}")
          .extract("post", "/{channel:channel}/*/{id:digits}", "https://t.me/{channel}/{id}")
          .refuse("/c/**", ProblemType.POST_PRIVATE, "This is a post in a private channel.")
          .refuse(
              "/joinchat/**", ProblemType.POST_PRIVATE, "This is an invitation to a private chat.")
          .example("post", "https://t.me/CHANNEL/123")
          .build();

  private TelegramLinks() {}
}
