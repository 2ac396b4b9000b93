package org.touchstone.storage;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * Leave to send one file.
 *
 * @param uploadId names the file afterwards
 * @param url where to PUT the bytes
 * @param headers headers that must be sent exactly so; the declared size is signed as well, as the
 *     {@code Content-Length} that every HTTP client sends of itself
 * @param expiresAt when the leave ends
 */
public record Upload(String uploadId, URI url, Map<String, String> headers, Instant expiresAt) {
  public Upload {
    headers = Map.copyOf(headers);
  }
}
