package org.touchstone.intake.page;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Member;
import org.touchstone.intake.access.Page;
import org.touchstone.intake.access.SessionCookie;
import org.touchstone.intake.access.Visitor;
import org.touchstone.intake.organisation.OrganisationSignIn;
import org.touchstone.openid.Flow;
import org.touchstone.openid.Identity;
import org.touchstone.storage.AuditEntry;
import org.touchstone.storage.AuditLog;
import org.touchstone.storage.MemberStore;
import org.touchstone.storage.SessionStore;
import org.touchstone.storage.SignInFlow;

/**
 * {@code /signin/organisation} and {@code /signin/return}: the sign-in at a provider. A class of
 * the path {@code /signin} would hide the other pages below it.
 */
@Path("/")
public class OrganisationPages {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final OrganisationSignIn organisation;
  private final SessionStore sessions;
  private final MemberStore members;
  private final AuditLog audit;
  private final Visitor visitor;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  @Inject
  public OrganisationPages(
      OrganisationSignIn organisation,
      SessionStore sessions,
      MemberStore members,
      AuditLog audit,
      Visitor visitor,
      InstantSource clock) {
    this.organisation = organisation;
    this.sessions = sessions;
    this.members = members;
    this.audit = audit;
    this.visitor = visitor;
    this.clock = clock;
  }

  /**
   * Leads to the provider.
   *
   * @param next where to go then
   */
  @GET
  @Path("/signin/organisation")
  @Page
  public Response begin(@QueryParam("next") String next) {
    Flow flow = Flow.create(random);
    String address = organisation.provider().address(flow);
    String kept =
        sessions.begin(
            new SignInFlow(
                flow.state(),
                flow.nonce(),
                flow.verifier(),
                Pages.isAddress(next) ? next : "",
                clock.instant().plus(LONGEST)));
    return Pages.goTo(address)
        .cookie(SessionCookie.beginFlow(kept, LONGEST))
        .header("Referrer-Policy", "no-referrer")
        .build();
  }

  /**
   * Begins a session for the member whom the provider names. Only the browser that began the
   * sign-in can end it: otherwise somebody could be signed in as another.
   *
   * @throws ProblemException {@link ProblemType#SIGN_IN_FAILED} when this browser did not begin it
   *     or the provider refused, {@link ProblemType#SIGN_IN_NOT_MEMBER} for who is not a member
   */
  @GET
  @Path("/signin/return")
  @Page
  public Response end(
      @QueryParam("code") String code,
      @QueryParam("state") String state,
      @Context HttpHeaders headers) {
    Instant now = clock.instant();
    SignInFlow begun =
        SessionCookie.flow(headers.getCookies())
            .flatMap(kept -> sessions.take(kept, now))
            .filter(flow -> same(flow.state(), state))
            .orElseThrow(() -> new ProblemException(ProblemType.SIGN_IN_FAILED));
    Identity person =
        organisation
            .provider()
            .identity(code, new Flow(begun.state(), begun.nonce(), begun.verifier()));
    Member member =
        members
            .signIn(person.email(), person.subject())
            .orElseThrow(() -> new ProblemException(ProblemType.SIGN_IN_NOT_MEMBER));
    audit.append(
        new AuditEntry(
            now, member.accountId(), member.principal(), "member.signed-in", member.id(), null));
    visitor.signOut();
    return Pages.goTo("../" + begun.next())
        .cookie(
            SessionCookie.begin(sessions.create(member.accountId(), member.principal(), now)),
            SessionCookie.endFlow())
        .header("Referrer-Policy", "no-referrer")
        .build();
  }

  private static boolean same(String ours, String given) {
    return given != null
        && MessageDigest.isEqual(
            ours.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
