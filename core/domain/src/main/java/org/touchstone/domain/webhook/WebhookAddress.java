package org.touchstone.domain.webhook;

import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/** Which addresses may receive events: those of HTTPS, and on one's own machine loopback ones. */
public final class WebhookAddress {
  /** Ports of receivers: HTTPS' own, and the one that is usual for programs without privileges. */
  public static final Set<Integer> PORTS = Set.of(443, 8443);

  private static final int MAX_LENGTH = 2048;
  private static final Pattern SCHEME = Pattern.compile("(?i)https?://");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\]");

  private WebhookAddress() {}

  /**
   * Checks the address of a webhook or of a callback. Whether its host is public is known only when
   * its name is resolved, at each delivery.
   *
   * @param allowPrivate only for trials on one's own machine: also loopback addresses, unencrypted
   *     and at any port
   * @return the address
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when it may not be used
   */
  public static WebLink parse(String url, boolean allowPrivate) {
    if (url == null || url.length() > MAX_LENGTH) {
      throw refused("must have 1 to " + MAX_LENGTH + " characters.");
    }
    if (!SCHEME.matcher(url).lookingAt()) {
      // Elsewhere a link may lack its scheme; a client that sends one here has made a mistake.
      throw refused("must begin with https://.");
    }
    WebLink link;
    try {
      link = WebLink.parse(url);
    } catch (ProblemException e) {
      throw refused("is not valid: " + e.problem().detail());
    }
    if (allowPrivate && LOOPBACK.matcher(link.host()).matches()) {
      return link;
    }
    if (!link.scheme().equals("https")) {
      throw refused("must begin with https://.");
    }
    if (!allowPrivate && !PORTS.contains(link.port())) {
      throw refused("must use port 443 or 8443.");
    }
    return link;
  }

  private static ProblemException refused(String why) {
    return new ProblemException(
        ProblemType.REQUEST_INVALID, "The address to send events to " + why);
  }
}
