package org.touchstone.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.touchstone.acceptance.AcceptRequest;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Retention;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Needs;
import org.touchstone.intake.detectors.DetectorCatalogue;
import org.touchstone.intake.money.Costs;
import org.touchstone.intake.request.IdempotencyKey;
import org.touchstone.intake.request.QueryValues;
import org.touchstone.intake.waiting.AnalysisWatch;
import org.touchstone.intake.waiting.Fresh;
import org.touchstone.intake.webhooks.WebhookService;
import org.touchstone.storage.AnalysisPage;

/** {@code /v1/analyses}: requests analyses and shows their state. */
@Path("/v1/analyses")
@Produces(MediaType.APPLICATION_JSON)
public class AnalysesResource {
  private static final String IF_NONE_MATCH = "If-None-Match";

  /** How young an analysis is that may change within moments. */
  private static final Duration YOUNG = Duration.ofSeconds(30);

  private static final int SOON_SECONDS = 2;
  private static final int LATER_SECONDS = 5;

  private final AnalysisService service;
  private final DetectorCatalogue detectors;
  private final Costs costs;
  private final AnalysisWatch watch;
  private final ObjectMapper mapper;
  private final InstantSource clock;
  private final Caller caller;
  private final WebhookService webhooks;

  @Inject
  public AnalysesResource(
      AnalysisService service,
      DetectorCatalogue detectors,
      Costs costs,
      AnalysisWatch watch,
      ObjectMapper mapper,
      InstantSource clock,
      Caller caller,
      WebhookService webhooks) {
    this.service = service;
    this.detectors = detectors;
    this.costs = costs;
    this.watch = watch;
    this.mapper = mapper;
    this.clock = clock;
    this.caller = caller;
    this.webhooks = webhooks;
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
    detectors.check(options);
    Analysis analysis =
        service.create(
            new AcceptRequest(
                caller.accountId(),
                caller.keyId(),
                input,
                options,
                webhooks.callbackUrl(body.callbackUrl()),
                body.retention(),
                IdempotencyKey.of(headers),
                null));
    return Response.accepted(new Accepted(analysis.id(), analysis.status()))
        // Relative to the request: only the caller knows the stage or path before it.
        .header(HttpHeaders.LOCATION, "analyses/" + analysis.id())
        .header(HttpHeaders.RETRY_AFTER, SOON_SECONDS)
        .header(Costs.HEADER, costs.least(options))
        .build();
  }

  /**
   * An analysis: its status, the reports so far, the preliminary verdict while detectors are at
   * work, and the verdict when it is complete.
   *
   * @param wait how many seconds to wait at most until it differs from what the caller has, which
   *     {@code If-None-Match} says, or else from what it is now
   * @return 200 with the analysis, or 304 when the caller has it
   */
  @GET
  @Path("/{id}")
  @Needs(Scope.READ)
  public Response get(
      @PathParam("id") String id,
      @QueryParam("wait") @DefaultValue("0") String wait,
      @Context HttpHeaders headers) {
    int seconds = QueryValues.number("wait", wait, 0, (int) AnalysisWatch.LONGEST.toSeconds());
    List<String> had = headers.getRequestHeaders().getOrDefault(IF_NONE_MATCH, List.of());
    // Before it is read: what is added in between is then noticed.
    Set<String> parts = seconds == 0 ? Set.of() : service.parts(id);
    Analysis analysis = service.get(caller.accountId(), id);
    Fresh fresh = fresh(analysis);
    if (seconds > 0
        && !hasEnded(analysis)
        && (had.isEmpty() || fresh.isKnownTo(had))
        && watch.changes(caller.accountId(), id, parts, Duration.ofSeconds(seconds))) {
      analysis = service.get(caller.accountId(), id);
      fresh = fresh(analysis);
    }
    Response.ResponseBuilder response = fresh.response(had);
    costs.of(caller.accountId(), analysis).ifPresent(cost -> response.header(Costs.HEADER, cost));
    if (!hasEnded(analysis)) {
      boolean young = analysis.createdAt().plus(YOUNG).isAfter(clock.instant());
      response.header(HttpHeaders.RETRY_AFTER, young ? SOON_SECONDS : LATER_SECONDS);
    }
    return response.build();
  }

  private Fresh fresh(Analysis analysis) {
    try {
      return Fresh.of(mapper.writeValueAsBytes(analysis));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an analysis is JSON", e);
    }
  }

  private static boolean hasEnded(Analysis analysis) {
    return analysis.status() == AnalysisStatus.COMPLETE
        || analysis.status() == AnalysisStatus.FAILED;
  }

  /**
   * The account's analyses, newest first.
   *
   * @param from the first day in UTC
   * @param to the last day in UTC
   * @param level the verdict in a word
   * @param platform where the first medium was found
   */
  @GET
  @Needs(Scope.READ)
  public AnalysisPage list(
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") @DefaultValue("20") String limit,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("level") String level,
      @QueryParam("platform") String platform) {
    return service.list(
        caller.accountId(),
        QueryValues.filter(from, to, level, platform),
        cursor,
        QueryValues.limit(limit));
  }

  /**
   * The body of a request for an analysis.
   *
   * @param url a link to a post or a file; surrounding text and a missing scheme are accepted
   * @param uploadId id of an upload, instead of a link
   * @param fileName the uploaded file's name, for display
   * @param options how
   * @param callbackUrl where its end is announced, once; absent for nowhere
   * @param retention how long it is kept; absent for as long as others
   */
  @RegisterForReflection
  public record NewAnalysis(
      String url,
      String uploadId,
      String fileName,
      JobOptions options,
      String callbackUrl,
      Retention retention) {}

  /** The response to an accepted request. */
  @RegisterForReflection
  public record Accepted(String id, AnalysisStatus status) {}
}
