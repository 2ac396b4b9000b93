package org.touchstone.intake.access;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.touchstone.domain.files.Sha256;
import org.touchstone.storage.SessionStore;

/**
 * The cookie of a session. Scripts cannot read it, other sites' forms do not send it, and it says
 * nothing: it is a random text.
 */
public final class SessionCookie {
  /** Browsers accept a cookie of this prefix only from HTTPS and for one host. */
  private static final String SECURE_NAME = "__Host-touchstone";

  private static final String NAME = "touchstone";

  private static final String FLOW = "-sign-in";

  private SessionCookie() {}

  /** The text of a sign-in at a provider, in a request's cookie. */
  public static Optional<String> flow(Map<String, Cookie> cookies) {
    return Optional.ofNullable(cookies.get(name() + FLOW)).map(Cookie::getValue);
  }

  /** The cookie that keeps a sign-in at a provider. */
  public static NewCookie beginFlow(String token, Duration longest) {
    return cookie(name() + FLOW, token, (int) longest.toSeconds());
  }

  /** The cookie that ends it. */
  public static NewCookie endFlow() {
    return cookie(name() + FLOW, "", 0);
  }

  /** The text in a request's cookie. */
  static Optional<String> of(Map<String, Cookie> cookies) {
    return Optional.ofNullable(cookies.get(name())).map(Cookie::getValue);
  }

  /** The cookie that begins a session. */
  public static NewCookie begin(String token) {
    return cookie(name(), token, (int) SessionStore.LIFETIME.toSeconds());
  }

  /** The cookie that ends a session in the browser. */
  public static NewCookie end() {
    return cookie(name(), "", 0);
  }

  /**
   * The text that a form or a script of our own pages sends along: another site cannot read it. It
   * follows from the session's text, and does not give it away.
   */
  static String csrf(String token) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(HexFormat.of().parseHex(Sha256.of("touchstone-csrf:" + token)));
  }

  private static NewCookie cookie(String name, String value, int seconds) {
    return new NewCookie.Builder(name)
        .value(value)
        .path("/")
        .maxAge(seconds)
        .httpOnly(true)
        .secure(isOnAws())
        .sameSite(NewCookie.SameSite.LAX)
        .build();
  }

  private static String name() {
    return isOnAws() ? SECURE_NAME : NAME;
  }

  /** There, requests always come by HTTPS; on one machine, over loopback. */
  private static boolean isOnAws() {
    return System.getenv("AWS_LAMBDA_FUNCTION_NAME") != null;
  }
}
