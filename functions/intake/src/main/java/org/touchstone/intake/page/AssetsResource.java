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
  private static final String FOR_GOOD = "public, max-age=31536000, immutable";
  private static final String A_DAY = "public, max-age=86400";

  /** A file of the pages. All but the previews never change under their names. */
  @GET
  @Path("/{name}")
  @Public
  public Response get(@PathParam("name") String name) {
    return Assets.find(name)
        .map(asset -> answer(asset, FOR_GOOD))
        .or(() -> Assets.findPreview(name).map(asset -> answer(asset, A_DAY)))
        .orElseThrow(() -> new ProblemException(ProblemType.PAGE_NOT_FOUND));
  }

  private static Response answer(Assets.Asset asset, String caching) {
    return Response.ok(asset.bytes(), asset.type())
        .header(HttpHeaders.CACHE_CONTROL, caching)
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }
}
