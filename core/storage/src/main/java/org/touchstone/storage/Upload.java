package org.touchstone.storage;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * Permission to upload one file.
 *
 * @param uploadId id of the file after the upload
 * @param url where to PUT the bytes
 * @param headers headers to send exactly as given; the declared size is also signed, as the {@code
 *     Content-Length} that every HTTP client sends automatically
 * @param expiresAt when the permission ends
 */
public record Upload(String uploadId, URI url, Map<String, String> headers, Instant expiresAt) {
  public Upload {
    headers = Map.copyOf(headers);
  }
}
