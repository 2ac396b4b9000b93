package org.touchstone.intake.downloads;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.AnalysisService;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Needs;
import org.touchstone.storage.DownloadLink;
import org.touchstone.storage.DownloadStore;

/**
 * {@code /v1/analyses/{id}/media} and {@code /evidence}: short-lived links. Whoever may read the
 * analysis may have them. The id of a medium says nothing, since anybody who has the file can
 * compute it.
 */
@Path("/v1/analyses/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class DownloadsResource {
  private final AnalysisService service;
  private final DownloadStore downloads;
  private final Caller caller;

  @Inject
  public DownloadsResource(AnalysisService service, DownloadStore downloads, Caller caller) {
    this.service = service;
    this.downloads = downloads;
    this.caller = caller;
  }

  /** A link to a medium of the analysis, as it was fetched or uploaded. */
  @GET
  @Path("/media/{mediaId}")
  @Needs(Scope.READ)
  public Response medium(@PathParam("id") String id, @PathParam("mediaId") String mediaId) {
    return answer(
        service.get(caller.accountId(), id).media().stream()
            .filter(item -> item.id().equals(mediaId))
            .findFirst()
            .flatMap(downloads::medium),
        ProblemType.MEDIUM_NOT_FOUND);
  }

  /** A link to a piece of evidence that a report of the analysis names. */
  @GET
  @Path("/evidence/{mediaId}/{name}")
  @Needs(Scope.READ)
  public Response evidence(
      @PathParam("id") String id,
      @PathParam("mediaId") String mediaId,
      @PathParam("name") String name) {
    Analysis analysis = service.get(caller.accountId(), id);
    return answer(
        downloads.evidence(id, mediaId + "/" + name, EvidenceKeys.of(analysis)),
        ProblemType.EVIDENCE_NOT_FOUND);
  }

  private static Response answer(Optional<DownloadLink> link, ProblemType missing) {
    return Response.ok(link.orElseThrow(() -> new ProblemException(missing)))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
