package org.touchstone.client.model;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * Permission to upload one file.
 *
 * @param uploadId id of the file after the upload
 * @param url where to PUT the bytes
 * @param headers headers to send exactly as given; the declared size is also signed, as the
 *     Content-Length that every HTTP client sends automatically
 * @param expiresAt when the permission ends
 */
public record Upload(String uploadId, URI url, Map<String, String> headers, Instant expiresAt) {
  public Upload {
    headers = headers == null ? Map.of() : Map.copyOf(headers);
  }

  /** Without what must not get into a log. */
  @Override
  public String toString() {
    return "Upload[uploadId=" + uploadId + "]";
  }
}
