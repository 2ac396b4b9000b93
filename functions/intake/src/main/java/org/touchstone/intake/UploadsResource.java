package org.touchstone.intake;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.access.Needs;

/** {@code /v1/uploads}: gives addresses for uploads. */
@Path("/v1/uploads")
@Produces(MediaType.APPLICATION_JSON)
public class UploadsResource {
  private final AnalysisService service;

  @Inject
  public UploadsResource(AnalysisService service) {
    this.service = service;
  }

  /**
   * @return 201 with an upload: send the file with PUT to its {@code url} with its {@code headers}
   *     before it expires
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ANALYSE)
  public Response create(NewUpload body) {
    if (body == null || body.bytes() == null) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "Give the file's size in bytes.");
    }
    String contentType =
        body.contentType() == null ? MediaType.APPLICATION_OCTET_STREAM : body.contentType();
    return Response.status(Response.Status.CREATED)
        .entity(service.createUpload(contentType, body.bytes()))
        .build();
  }

  /**
   * The body of a request for an upload.
   *
   * @param bytes the file's exact size
   * @param contentType its media type, if known; the content decides the actual type
   */
  @RegisterForReflection
  public record NewUpload(Long bytes, String contentType) {}
}
