package org.touchstone.client.model;

import java.net.URI;
import java.time.Instant;

/**
 * A link to one object that anyone may follow until it expires.
 *
 * @param url where to GET the bytes, without an API key
 * @param contentType the media type that the answer has; signed with the link
 * @param expiresAt when the link ends
 */
public record DownloadLink(URI url, String contentType, Instant expiresAt) {

  /** Without what must not get into a log. */
  @Override
  public String toString() {
    return "DownloadLink[contentType=" + contentType + "]";
  }
}
