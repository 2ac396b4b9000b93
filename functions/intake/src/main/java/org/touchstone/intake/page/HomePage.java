package org.touchstone.intake.page;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.touchstone.acceptance.AcceptRequest;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.AnalysisService;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Page;
import org.touchstone.intake.access.Visitor;

/** {@code /}: where people paste a link or drop a file. */
@Path("/")
public class HomePage {
  private final AnalysisService service;
  private final Visitor visitor;
  private final Caller caller;
  private final Pages pages;

  @Inject
  public HomePage(AnalysisService service, Visitor visitor, Caller caller, Pages pages) {
    this.service = service;
    this.visitor = visitor;
    this.caller = caller;
    this.pages = pages;
  }

  /** The first page. */
  @GET
  @Page
  public Response home() {
    return pages.show(
        Templates.home(
            pages.chrome(pages.texts().of("home.title"), false), new HomeView("", once(), null)));
  }

  private static String once() {
    return UUID.randomUUID().toString();
  }

  /**
   * Accepts the link that was pasted.
   *
   * @param once a text of the form, so that sending it twice asks for one analysis
   */
  @POST
  @Path("/analyses")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Page
  public Response check(
      @FormParam("csrf") String csrf,
      @FormParam("once") String once,
      @FormParam("url") String url) {
    visitor.check(csrf);
    if (!visitor.may(Scope.ANALYSE)) {
      return Pages.goTo("signin").build();
    }
    try {
      Analysis analysis =
          service.create(
              new AcceptRequest(
                  caller.accountId(),
                  caller.keyId(),
                  AnalysisInput.ofUrl(url == null ? "" : url.strip()),
                  JobOptions.DEFAULT,
                  null,
                  null,
                  once,
                  null));
      return Pages.goTo("analyses/" + analysis.id()).build();
    } catch (ProblemException e) {
      Texts texts = pages.texts();
      return pages.refuse(
          e.problem().type().httpStatus(),
          Templates.home(
              pages.chrome(texts.of("home.title"), true),
              new HomeView(
                  url == null ? "" : url, once(), ResultViews.problem(texts, e.problem()))));
    }
  }
}
