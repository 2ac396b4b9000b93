package org.touchstone.fetch;

import java.io.InputStream;
import org.touchstone.domain.link.WebLink;

/**
 * A successful response while it is being read.
 *
 * @param link the final address after redirects
 * @param contentType the server's claim, which is not trusted; absent when the server does not send
 *     one
 * @param announcedBytes the body's length according to the server; -1 when the server does not say,
 *     or only gives the length of the encoded form
 * @param body the content, decoded; reading it throws {@link
 *     org.touchstone.domain.ProblemException} when the transfer fails, is too long, too slow or too
 *     large, and never an {@link java.io.IOException}
 */
public record FetchedResponse(
    WebLink link, String contentType, long announcedBytes, InputStream body) {}
