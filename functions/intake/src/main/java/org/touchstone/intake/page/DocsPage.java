package org.touchstone.intake.page;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.touchstone.intake.access.Page;
import org.touchstone.intake.access.Public;

/** {@code /docs}: the reference of the API, which the build wrote from its contract. */
@Path("/docs")
public class DocsPage {
  private static final String YAML = "application/yaml; charset=utf-8";

  private final Pages pages;

  @Inject
  public DocsPage(Pages pages) {
    this.pages = pages;
  }

  /** The reference. */
  @GET
  @Page
  public Response show() {
    return pages.show(
        Templates.docs(
            pages.chrome(pages.texts().of("nav.docs"), false),
            new String(read("reference.html"), StandardCharsets.UTF_8)));
  }

  /** The contract itself. */
  @GET
  @Path("/openapi.yaml")
  @Public
  public Response contract() {
    return Response.ok(read("openapi.yaml"), YAML)
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=300")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  private static byte[] read(String file) {
    try (InputStream in = DocsPage.class.getResourceAsStream("/page/" + file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
