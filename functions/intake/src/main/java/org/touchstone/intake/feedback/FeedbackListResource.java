package org.touchstone.intake.feedback;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.access.Needs;
import org.touchstone.intake.request.QueryValues;
import org.touchstone.storage.FeedbackPage;
import org.touchstone.storage.FeedbackStore;

/** {@code GET /v1/feedback}: the opinions of all accounts, for administrators. */
@Path("/v1/feedback")
@Produces(MediaType.APPLICATION_JSON)
public class FeedbackListResource {
  private final FeedbackStore feedback;

  @Inject
  public FeedbackListResource(FeedbackStore feedback) {
    this.feedback = feedback;
  }

  /** A page, those on the latest analyses first. */
  @GET
  @Needs(Scope.ADMIN)
  public FeedbackPage list(
      @QueryParam("cursor") String cursor, @QueryParam("limit") @DefaultValue("20") String limit) {
    return feedback.list(cursor, QueryValues.limit(limit));
  }
}
