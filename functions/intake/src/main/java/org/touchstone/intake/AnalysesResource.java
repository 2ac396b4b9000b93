package org.touchstone.intake;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.touchstone.acceptance.AcceptRequest;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Needs;
import org.touchstone.storage.AnalysisPage;

/** {@code /v1/analyses}: requests analyses and shows their state. */
@Path("/v1/analyses")
@Produces(MediaType.APPLICATION_JSON)
public class AnalysesResource {
  private final AnalysisService service;
  private final Caller caller;

  @Inject
  public AnalysesResource(AnalysisService service, Caller caller) {
    this.service = service;
    this.caller = caller;
  }

  /**
   * Accepts an analysis.
   *
   * @return 202 with the analysis' id and status, and its address in {@code Location}
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ANALYSE)
  public Response create(NewAnalysis body, @Context HttpHeaders headers) {
    if (body == null || (body.url() == null) == (body.uploadId() == null)) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "Give either a url or an uploadId.");
    }
    AnalysisInput input = new AnalysisInput(body.url(), body.uploadId(), body.fileName());
    JobOptions options = body.options() == null ? JobOptions.DEFAULT : body.options();
    Analysis analysis =
        service.create(
            AcceptRequest.of(
                caller.accountId(), caller.keyId(), input, options, idempotencyKey(headers)));
    return Response.accepted(new Accepted(analysis.id(), analysis.status()))
        // Relative to the request: only the caller knows the stage or path before it.
        .header(HttpHeaders.LOCATION, "analyses/" + analysis.id())
        .build();
  }

  /**
   * An analysis: its status, the reports so far, the preliminary verdict while detectors are at
   * work, and the verdict when it is complete.
   */
  @GET
  @Path("/{id}")
  @Needs(Scope.READ)
  public Analysis get(@PathParam("id") String id) {
    return service.get(caller.accountId(), id);
  }

  /** The account's analyses, newest first. */
  @GET
  @Needs(Scope.READ)
  public AnalysisPage list(
      @QueryParam("cursor") String cursor, @QueryParam("limit") @DefaultValue("20") String limit) {
    return service.list(caller.accountId(), cursor, number(limit));
  }

  private static int number(String limit) {
    try {
      return Integer.parseInt(limit);
    } catch (NumberFormatException e) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "limit must be a number.");
    }
  }

  /** The key; null when the header is absent, but not when it is empty. */
  private static String idempotencyKey(HttpHeaders headers) {
    List<String> keys = headers.getRequestHeader("Idempotency-Key");
    if (keys == null || keys.isEmpty()) {
      return null;
    }
    if (keys.size() > 1) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "A request has at most one idempotency key.");
    }
    return keys.getFirst();
  }

  /**
   * The body of a request for an analysis.
   *
   * @param url a link to a post or a file; surrounding text and a missing scheme are accepted
   * @param uploadId id of an upload, instead of a link
   * @param fileName the uploaded file's name, for display
   * @param options how
   */
  @RegisterForReflection
  public record NewAnalysis(String url, String uploadId, String fileName, JobOptions options) {}

  /** The response to an accepted request. */
  @RegisterForReflection
  public record Accepted(String id, AnalysisStatus status) {}
}
