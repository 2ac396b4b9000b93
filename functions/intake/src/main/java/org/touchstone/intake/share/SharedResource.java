package org.touchstone.intake.share;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.intake.access.Public;
import org.touchstone.intake.downloads.EvidenceKeys;
import org.touchstone.intake.downloads.Redirects;
import org.touchstone.intake.waiting.Fresh;
import org.touchstone.storage.DownloadStore;

/** {@code /a/{share}}: what a shared address shows, for everybody who knows it. */
@Path("/a/{share}")
public class SharedResource {
  private static final String IF_NONE_MATCH = "If-None-Match";
  private static final String ROBOTS = "X-Robots-Tag";

  private final SharedAnalyses shared;
  private final DownloadStore downloads;
  private final ObjectMapper mapper;

  @Inject
  public SharedResource(SharedAnalyses shared, DownloadStore downloads, ObjectMapper mapper) {
    this.shared = shared;
    this.downloads = downloads;
    this.mapper = mapper;
  }

  /** The analysis without what only its account may know; 304 when the caller has it. */
  @GET
  @Path("/analysis")
  @Produces(MediaType.APPLICATION_JSON)
  @Public
  public Response analysis(@PathParam("share") String share, @Context HttpHeaders headers) {
    List<String> had = headers.getRequestHeaders().getOrDefault(IF_NONE_MATCH, List.of());
    try {
      return Fresh.of(mapper.writeValueAsBytes(shared.find(share).shown()))
          .response(had)
          .header(ROBOTS, "noindex")
          .build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an analysis is JSON", e);
    }
  }

  /** Leads to a piece of evidence that the shown reports name. */
  @GET
  @Path("/evidence/{mediaId}/{name}")
  @Public
  public Response evidence(
      @PathParam("share") String share,
      @PathParam("mediaId") String mediaId,
      @PathParam("name") String name) {
    SharedAnalyses.Shown found = shared.find(share);
    String wanted = mediaId + "/" + name;
    return Optional.of(wanted)
        .filter(EvidenceKeys.of(found.shown())::contains)
        .flatMap(
            evidence ->
                downloads.evidence(found.own().id(), evidence, EvidenceKeys.of(found.own())))
        .map(Redirects::to)
        .orElseThrow(() -> new ProblemException(ProblemType.EVIDENCE_NOT_FOUND));
  }

  /** Leads to a medium, if its owner shows the media. */
  @GET
  @Path("/media/{mediaId}")
  @Public
  public Response medium(@PathParam("share") String share, @PathParam("mediaId") String mediaId) {
    SharedAnalyses.Shown found = shared.find(share);
    return found.own().media().stream()
        .filter(item -> found.share().showMedia() && item.id().equals(mediaId))
        .findFirst()
        .flatMap(downloads::medium)
        .map(Redirects::to)
        .orElseThrow(() -> new ProblemException(ProblemType.MEDIUM_NOT_FOUND));
  }
}
