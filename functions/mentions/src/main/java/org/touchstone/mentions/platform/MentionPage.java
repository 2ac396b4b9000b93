package org.touchstone.mentions.platform;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.touchstone.domain.mention.Mention;

/**
 * A page of mentions, in any order.
 *
 * @param mentions the mentions; one may come again on a later page or in a later poll
 * @param nextPage opaque token of the next page of this poll; empty on the last page. It may carry
 *     whatever the adapter needs to know of the pages before, such as the newest id seen
 * @param cursor opaque cursor that a later poll may start from once this page and all pages before
 *     it are recorded; empty while moving it would lose mentions. A platform that lists the newest
 *     first gives it on the last page only. At most 1,000 characters
 */
public record MentionPage(
    List<Mention> mentions, Optional<String> nextPage, Optional<String> cursor) {
  public MentionPage {
    mentions = List.copyOf(mentions);
    Objects.requireNonNull(nextPage, "nextPage");
    Objects.requireNonNull(cursor, "cursor");
  }
}
