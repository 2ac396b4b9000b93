package org.touchstone.intake.page;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.intake.access.Public;

/** {@code /assets}: the files that belong to all pages. */
@Path("/assets")
public class AssetsResource {
  /** A file of the pages, which never changes under its name. */
  @GET
  @Path("/{name}")
  @Public
  public Response get(@PathParam("name") String name) {
    Assets.Asset asset =
        Assets.find(name).orElseThrow(() -> new ProblemException(ProblemType.PAGE_NOT_FOUND));
    return Response.ok(asset.bytes(), asset.type())
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }
}
