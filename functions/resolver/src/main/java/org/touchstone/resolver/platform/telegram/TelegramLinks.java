package org.touchstone.resolver.platform.telegram;

import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.link.LinkTable;

/** Posts in public channels and groups on Telegram. */
public final class TelegramLinks {
  private static final String INVITATION = "This is an invitation to a private chat, not a post.";
  private static final String STORY =
      "This is a story; Telegram shows stories only in its application. Save it and upload it.";

  public static final LinkTable TABLE =
      LinkTable.of("telegram", "Telegram")
          .domains("t.me", "telegram.me", "telegram.dog", "telesco.pe")
          .extract("post", "/s/{channel:channel}/{id:digits}", "https://t.me/{channel}/{id}")
          .extract("post", "/{channel:channel}/{id:digits}", "https://t.me/{channel}/{id}")
          .extract(
              "post", "/{channel:channel}/{:digits}/{id:digits}", "https://t.me/{channel}/{id}")
          .extract("post", "//{channel:channel}.t.me/{id:digits}", "https://t.me/{channel}/{id}")
          .extract(
              "post",
              "//{channel:channel}.t.me/{:digits}/{id:digits}",
              "https://t.me/{channel}/{id}")
          .refuse("/c/**", ProblemType.POST_PRIVATE, "This is a post in a private channel.")
          .refuse("/joinchat/**", ProblemType.POST_PRIVATE, INVITATION)
          .refuse("/{:invitation}/**", ProblemType.POST_PRIVATE, INVITATION)
          .refuse("/addlist/**", ProblemType.POST_PRIVATE, INVITATION)
          .refuse("/{:channel}/s/{:digits}", STORY)
          .refuse("//{:channel}.t.me/s/{:digits}", STORY)
          .profile("/+{:digits}")
          .profile("/{:channel}")
          .profile("/s/{:channel}")
          .example("post", "https://t.me/CHANNEL/123")
          .build();

  private TelegramLinks() {}
}
