package org.touchstone.intake.access;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Cookie;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.account.Session;
import org.touchstone.storage.SessionStore;

/** Who looks at a page: somebody who signed in, or a stranger. */
@RequestScoped
public class Visitor {
  private final SessionStore sessions;
  private final AccessRule rule;
  private final InstantSource clock;
  private Optional<Access> access = Optional.empty();
  private Optional<String> token = Optional.empty();

  @Inject
  public Visitor(SessionStore sessions, AccessRule rule, InstantSource clock) {
    this.sessions = sessions;
    this.rule = rule;
    this.clock = clock;
  }

  /** Finds out who sends a request with these cookies. */
  void is(Map<String, Cookie> cookies) {
    if (rule.isOpen()) {
      access = Optional.of(rule.everybody());
      return;
    }
    token = SessionCookie.of(cookies);
    access = token.flatMap(text -> sessions.find(text, clock.instant())).flatMap(this::valid);
  }

  /** A session ends with its key, and while its account is suspended. */
  private Optional<Access> valid(Session session) {
    try {
      return Optional.of(rule.of(session));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  /** What the visitor may do; empty for a stranger. */
  public Optional<Access> access() {
    return access;
  }

  /** Whether the visitor may do this. */
  public boolean may(Scope scope) {
    return access.filter(known -> known.allows(scope)).isPresent();
  }

  /** Whether the visitor could sign out: not where nobody needs to sign in. */
  public boolean hasSession() {
    return access.isPresent() && token.isPresent();
  }

  /** What forms and scripts send along; empty where nobody signs in. */
  public String csrf() {
    return hasSession() ? SessionCookie.csrf(token.orElseThrow()) : "";
  }

  /**
   * Checks that a change was asked for by one of our own pages.
   *
   * @param given what the form or the script sent along; may be null
   * @throws ProblemException {@link ProblemType#FORM_EXPIRED} when it is not what the page had
   */
  public void check(String given) {
    boolean matches =
        given != null
            && MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), csrf().getBytes(StandardCharsets.UTF_8));
    if (hasSession() && !matches) {
      throw new ProblemException(ProblemType.FORM_EXPIRED);
    }
  }

  /** Ends the visitor's session. */
  public void signOut() {
    token.ifPresent(sessions::end);
  }
}
