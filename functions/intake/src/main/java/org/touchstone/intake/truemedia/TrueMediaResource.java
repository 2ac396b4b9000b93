package org.touchstone.intake.truemedia;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.access.Needs;
import org.touchstone.intake.truemedia.Answers.PostToResolve;
import org.touchstone.intake.truemedia.Answers.Refusal;
import org.touchstone.intake.truemedia.Answers.ResolvedPost;

/** {@code /api}: the original's paths for a post's media and what detectors say of them. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class TrueMediaResource {
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int SERVER_FAULTS = 500;

  /** The statuses with which the original refuses to resolve; other failures are 200. */
  private static final Set<Integer> REFUSALS = Set.of(BAD_REQUEST, 403, 429);

  private final TrueMedia media;

  @Inject
  public TrueMediaResource(TrueMedia media) {
    this.media = media;
  }

  /** Finds a post's media, within 25 seconds. Costs nothing. */
  @POST
  @Path("/resolve-media")
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ANALYSE)
  public Response resolve(PostToResolve body) {
    if (body == null || body.postUrl() == null) {
      return answer(BAD_REQUEST, ResolvedPost.failure("Give the postUrl."), null);
    }
    try {
      return answer(OK, media.resolve(body.postUrl()), null);
    } catch (ProblemException e) {
      Problem problem = e.problem();
      int status = problem.type().httpStatus();
      if (status >= SERVER_FAULTS) {
        throw e;
      }
      return answer(
          REFUSALS.contains(status) ? status : OK,
          ResolvedPost.failure(DetectionView.reason(problem)),
          problem);
    }
  }

  /**
   * Starts the detectors on a medium, once.
   *
   * @param model the public id of the only detector to run; absent for all
   */
  @GET
  @Path("/start-analysis")
  @Needs(Scope.ANALYSE)
  public Response start(@QueryParam("id") String id, @QueryParam("model") String model) {
    return about(
        id,
        medium -> {
          Optional<String> detector = Optional.ofNullable(model).flatMap(PublicIds::detectorOf);
          if (model != null && detector.isEmpty()) {
            return answer(BAD_REQUEST, new Refusal("There is no such model."), null);
          }
          return media
              .start(medium, detector.orElse(null))
              .map(analysis -> answer(OK, DetectionView.state(analysis), null))
              .orElseGet(TrueMediaResource::notFound);
        });
  }

  /** What the detectors have said so far. */
  @GET
  @Path("/check-analysis")
  @Needs(Scope.READ)
  public Response check(@QueryParam("id") String id) {
    return about(
        id,
        medium -> {
          Optional<Analysis> started = media.started(medium);
          if (started.isPresent()) {
            return answer(OK, DetectionView.results(started.get(), null), null);
          }
          return media.has(medium)
              ? answer(
                  OK, DetectionView.error("Nothing was started; call start-analysis first."), null)
              : notFound();
        });
  }

  /** Starts the detectors if nobody has, and says what they have said so far. */
  @GET
  @Path("/get-results")
  @Needs(Scope.ANALYSE)
  public Response results(@QueryParam("id") String id) {
    return about(
        id,
        medium ->
            media
                .started(medium)
                .or(() -> media.start(medium, null))
                .map(analysis -> answer(OK, DetectionView.results(analysis, "unknown"), null))
                .orElseGet(TrueMediaResource::notFound));
  }

  private static Response about(String id, Function<MediumId, Response> answer) {
    if (id == null) {
      return answer(BAD_REQUEST, new Refusal("Give the id of a medium."), null);
    }
    try {
      return MediumId.parse(id).map(answer).orElseGet(TrueMediaResource::notFound);
    } catch (ProblemException e) {
      Problem problem = e.problem();
      if (problem.type().httpStatus() >= SERVER_FAULTS) {
        throw e;
      }
      return answer(
          REFUSALS.contains(problem.type().httpStatus())
              ? problem.type().httpStatus()
              : BAD_REQUEST,
          new Refusal(DetectionView.reason(problem)),
          problem);
    }
  }

  private static Response notFound() {
    return answer(NOT_FOUND, new Refusal("There is no such medium."), null);
  }

  private static Response answer(int status, Object body, Problem problem) {
    Response.ResponseBuilder response = Response.status(status).entity(body);
    if (problem != null && problem.retryAfterSeconds() != null) {
      response.header(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds());
    }
    return response.build();
  }
}
