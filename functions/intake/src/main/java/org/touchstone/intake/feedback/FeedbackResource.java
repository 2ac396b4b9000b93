package org.touchstone.intake.feedback;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.feedback.Feedback;
import org.touchstone.domain.feedback.Opinion;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Needs;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.FeedbackStore;

/** {@code POST /v1/analyses/{id}/feedback}: what a caller thinks of a verdict. */
@Path("/v1/analyses")
@Produces(MediaType.APPLICATION_JSON)
public class FeedbackResource {
  private final AnalysisStore analyses;
  private final FeedbackStore feedback;
  private final InstantSource clock;
  private final Caller caller;

  @Inject
  public FeedbackResource(
      AnalysisStore analyses, FeedbackStore feedback, InstantSource clock, Caller caller) {
    this.analyses = analyses;
    this.feedback = feedback;
    this.clock = clock;
    this.caller = caller;
  }

  /** Keeps an opinion, in place of an earlier one by the same key. It changes no verdict. */
  @POST
  @Path("/{id}/feedback")
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ANALYSE)
  public Feedback give(@PathParam("id") String id, NewFeedback body) {
    if (body == null || body.opinion() == null) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "Give an opinion: agree, disagree or unsure.");
    }
    String note = body.note() == null || body.note().isBlank() ? null : body.note().strip();
    if (note != null && note.length() > Feedback.MAX_NOTE) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "A note has at most " + Feedback.MAX_NOTE + " characters.");
    }
    AnalysisRequest request =
        analyses
            .request(id)
            .filter(stored -> stored.accountId().equals(caller.accountId()))
            .orElseThrow(() -> new ProblemException(ProblemType.ANALYSIS_NOT_FOUND));
    Verdict verdict =
        analyses
            .outcome(id)
            .map(AnalysisOutcome::verdict)
            .orElseThrow(() -> new ProblemException(ProblemType.ANALYSIS_NO_VERDICT));
    Feedback given =
        new Feedback(
            id,
            caller.accountId(),
            caller.keyId(),
            clock.instant(),
            body.opinion(),
            note,
            verdict.level());
    feedback.save(given, request.createdAt());
    return given;
  }

  /**
   * The body of a request to keep an opinion.
   *
   * @param opinion what the caller thinks of the verdict
   * @param note why, at most 2,000 characters; may be absent
   */
  @RegisterForReflection
  public record NewFeedback(Opinion opinion, String note) {}
}
