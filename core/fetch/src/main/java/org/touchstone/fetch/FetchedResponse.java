package org.touchstone.fetch;

import java.io.InputStream;
import org.touchstone.domain.link.WebLink;

/**
 * A successful response while it is being read.
 *
 * @param link where it came from in the end, redirects followed
 * @param contentType what the server says it is, which decides nothing; absent when it says nothing
 * @param announcedBytes how long the server says the body is; -1 when it does not say, or when it
 *     says so only of an encoded form
 * @param body the content, decoded; reading it throws {@link
 *     org.touchstone.domain.ProblemException} when the transfer fails, is too long, too slow or too
 *     large, and never an {@link java.io.IOException}
 */
public record FetchedResponse(
    WebLink link, String contentType, long announcedBytes, InputStream body) {}
