package org.touchstone.fetch;

import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/** Rejects forbidden links before any name is resolved. */
final class LinkRules {
  /**
   * Hosts whose last label is a number. Some parsers read these as IPv4 addresses: {@code
   * 2130706433}, {@code 0x7f.1}, {@code 0177.0.0.1}.
   */
  private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

  private static final Pattern DOTTED_QUAD =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  private LinkRules() {}

  /**
   * @throws ProblemException {@link ProblemType#LINK_BLOCKED} when the policy forbids the link
   */
  static void check(WebLink link, FetchPolicy policy) {
    if (policy.isOpened(link)) {
      return;
    }
    String host = link.host();
    boolean numeric = NUMERIC.matcher(host).matches();
    if (policy.allowPrivate()) {
      if (numeric && !DOTTED_QUAD.matcher(host).matches()) {
        throw blocked("Links to an IP address must use its usual notation.");
      }
      return;
    }
    if (numeric || host.startsWith("[")) {
      throw blocked("Links to an IP address are not followed.");
    }
    if (host.indexOf('.') < 0) {
      throw blocked("Links to a local name are not followed.");
    }
    if (!policy.ports().contains(link.port())) {
      throw blocked("Links to this port are not followed.");
    }
  }

  private static ProblemException blocked(String detail) {
    return new ProblemException(ProblemType.LINK_BLOCKED, detail);
  }
}
