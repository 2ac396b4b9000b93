package org.touchstone.intake.batch;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.util.Locale;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.batch.BatchSummary;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Needs;
import org.touchstone.intake.request.IdempotencyKey;
import org.touchstone.intake.request.QueryValues;
import org.touchstone.storage.BatchStore;
import org.touchstone.storage.DownloadLink;

/** {@code /v1/batches}: many links with one request. */
@Path(BatchesResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class BatchesResource {
  /** Where batches are sent to. */
  public static final String PATH = "/v1/batches";

  /** Media type of a list of links in a table. */
  public static final String CSV = "text/csv";

  /** Size of the largest batch: 5 MB. */
  public static final int MAX_BODY = 5_000_000;

  private final BatchService service;
  private final Caller caller;

  @Inject
  public BatchesResource(BatchService service, Caller caller) {
    this.service = service;
    this.caller = caller;
  }

  /**
   * Accepts a batch.
   *
   * @return 202 with the batch and the numbers of its wrong lines, and its address in {@code
   *     Location}
   */
  @POST
  @Consumes({MediaType.APPLICATION_JSON, CSV})
  @Needs(Scope.ANALYSE)
  public Response create(byte[] body, @Context HttpHeaders headers) {
    if (body == null || body.length == 0) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "The batch has no lines.");
    }
    if (body.length > MAX_BODY) {
      throw new ProblemException(ProblemType.REQUEST_TOO_LARGE);
    }
    MediaType type = headers.getMediaType();
    boolean isCsv =
        type != null && (type.getType() + "/" + type.getSubtype()).equalsIgnoreCase(CSV);
    BatchSummary batch =
        service.create(caller.accountId(), caller.keyId(), body, isCsv, IdempotencyKey.of(headers));
    return Response.accepted(batch)
        // Relative to the request: only the caller knows the stage or path before it.
        .header(HttpHeaders.LOCATION, "batches/" + batch.id())
        .build();
  }

  /** The account's batches, newest first. */
  @GET
  @Needs(Scope.READ)
  public BatchStore.Page list(
      @QueryParam("cursor") String cursor, @QueryParam("limit") @DefaultValue("20") String limit) {
    return service.list(caller.accountId(), cursor, QueryValues.limit(limit));
  }

  /** A batch: how many of its lines are how far, and which are wrong. */
  @GET
  @Path("/{id}")
  @Needs(Scope.READ)
  public BatchSummary get(@PathParam("id") String id) {
    return service.get(caller.accountId(), id);
  }

  /** A link to a file with the results so far. */
  @GET
  @Path("/{id}/results")
  @Needs(Scope.READ)
  public DownloadLink results(
      @PathParam("id") String id, @QueryParam("format") @DefaultValue("csv") String format) {
    return service.results(
        caller.accountId(),
        id,
        switch (format.toLowerCase(Locale.ROOT)) {
          case "csv" -> BatchService.Format.CSV;
          case "json" -> BatchService.Format.JSON;
          default ->
              throw new ProblemException(
                  ProblemType.REQUEST_INVALID, "format must be csv or json.");
        });
  }

  /** Cancels what has not been started. */
  @DELETE
  @Path("/{id}")
  @Needs(Scope.ANALYSE)
  public BatchSummary cancel(@PathParam("id") String id) {
    return service.cancel(caller.accountId(), id);
  }
}
