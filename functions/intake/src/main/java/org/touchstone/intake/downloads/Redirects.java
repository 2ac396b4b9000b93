package org.touchstone.intake.downloads;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.touchstone.storage.DownloadLink;

/** Leads browsers, which send no API key, to stored bytes. */
public final class Redirects {
  private Redirects() {}

  /** An answer that leads to a link. */
  public static Response to(DownloadLink link) {
    return Response.status(Response.Status.FOUND)
        .header(HttpHeaders.LOCATION, link.url().toString())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
