package org.touchstone.resolver.platform.reddit;

import java.util.Optional;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PageData;
import org.touchstone.resolver.platform.Reply;

/** What Reddit says of a community whose posts it does not show. */
final class RedditCommunity {
  private static final Problem PRIVATE =
      Problem.of(ProblemType.POST_PRIVATE, "This community is not public.");
  private static final Problem OPT_IN =
      Problem.of(
          ProblemType.PLATFORM_LOGIN_REQUIRED,
          "Reddit shows this community only to people who are signed in and have agreed to see it;"
              + " save the media and upload them.");
  private static final Problem BANNED =
      Problem.of(ProblemType.POST_DELETED, "Reddit removed this community.");

  private RedditCommunity() {}

  /** The reason why a community is closed; empty when the request itself was turned away. */
  static Optional<Problem> closed(Reply reply) {
    String reason = Nodes.text(PageData.parse(reply.body()), "reason");
    if (reply.isSuccess() || reason == null) {
      return Optional.empty();
    }
    return Optional.of(
        switch (reason) {
          case "quarantined", "gated" -> OPT_IN;
          case "banned" -> BANNED;
          default -> PRIVATE;
        });
  }
}
