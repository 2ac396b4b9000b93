package org.touchstone.intake.page;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.intake.access.Access;
import org.touchstone.intake.access.AccessRule;
import org.touchstone.intake.access.Page;
import org.touchstone.intake.access.SessionCookie;
import org.touchstone.intake.access.Visitor;
import org.touchstone.intake.organisation.OrganisationSignIn;
import org.touchstone.storage.SessionStore;

/** {@code /signin} and {@code /signout}. */
@Path("/")
public class SignInPages {
  private final SessionStore sessions;
  private final AccessRule rule;
  private final OrganisationSignIn organisation;
  private final Visitor visitor;
  private final InstantSource clock;
  private final Pages pages;

  @Inject
  public SignInPages(
      SessionStore sessions,
      AccessRule rule,
      OrganisationSignIn organisation,
      Visitor visitor,
      InstantSource clock,
      Pages pages) {
    this.sessions = sessions;
    this.rule = rule;
    this.organisation = organisation;
    this.visitor = visitor;
    this.clock = clock;
    this.pages = pages;
  }

  /**
   * Asks for a key.
   *
   * @param next where to go then
   */
  @GET
  @Path("/signin")
  @Page
  public Response ask(@QueryParam("next") String next) {
    return pages.show(
        Templates.signin(
            pages.chrome(pages.texts().of("sign-in.title"), true),
            new SignInView(Pages.isAddress(next) ? next : "", null, organisation.isThere(), null)));
  }

  /** Begins a session for the holder of a key. */
  @POST
  @Path("/signin")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Page
  public Response signIn(@FormParam("key") String key, @FormParam("next") String next) {
    String address = Pages.isAddress(next) ? next : "";
    if (rule.isOpen()) {
      return Pages.goTo(address.isEmpty() ? "." : address).build();
    }
    try {
      Access access = rule.ofKey(key == null ? "" : key.strip());
      visitor.signOut();
      return Pages.goTo(address.isEmpty() ? "." : address)
          .cookie(
              SessionCookie.begin(
                  sessions.create(access.accountId(), access.keyId(), clock.instant())))
          .build();
    } catch (ProblemException e) {
      Texts texts = pages.texts();
      return pages.refuse(
          e.problem().type().httpStatus(),
          Templates.signin(
              pages.chrome(texts.of("sign-in.title"), true),
              new SignInView(address, null, organisation.isThere(), texts.of("problem.key"))));
    }
  }

  /** Asks whether to follow a link that signs in: what looks at links must not use them up. */
  @GET
  @Path("/signin/{link}")
  @Page
  public Response link(@PathParam("link") String link) {
    return pages.show(
        Templates.signin(
            pages.chrome(pages.texts().of("sign-in.title"), true),
            new SignInView("", link, false, null)));
  }

  /** Begins a session by a link, once. */
  @POST
  @Path("/signin/{link}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Page
  public Response follow(@PathParam("link") String link) {
    String token =
        sessions
            .follow(link, clock.instant())
            .orElseThrow(() -> new ProblemException(ProblemType.SIGN_IN_LINK_USED));
    return Pages.goTo("../").cookie(SessionCookie.begin(token)).build();
  }

  /** Ends the session. */
  @POST
  @Path("/signout")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Page
  public Response signOut(@FormParam("csrf") String csrf) {
    visitor.check(csrf);
    visitor.signOut();
    return Pages.goTo(".").cookie(SessionCookie.end()).build();
  }
}
