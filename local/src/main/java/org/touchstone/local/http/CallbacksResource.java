package org.touchstone.local.http;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.touchstone.partners.callback.CallbackDesk;

/** {@code /v1/callbacks/{token}}: voters call back. On AWS a function of its own serves it. */
@Path("/v1/callbacks/{token}")
@Produces(MediaType.APPLICATION_JSON)
public class CallbacksResource {
  private final CallbackDesk desk;

  @Inject
  public CallbacksResource(CallbackDesk desk) {
    this.desk = desk;
  }

  /**
   * Takes a callback.
   *
   * @return 202
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response receive(
      @PathParam("token") String token, byte[] body, @Context HttpHeaders headers) {
    desk.receive(token, body == null ? new byte[0] : body, headers::getHeaderString);
    return Response.accepted("{}").build();
  }
}
