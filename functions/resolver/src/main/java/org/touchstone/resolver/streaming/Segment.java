package org.touchstone.resolver.streaming;

import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.ByteRange;

/**
 * One part of a track, to be fetched by one request.
 *
 * @param range the byte range to fetch from the link; absent for all bytes
 */
public record Segment(WebLink link, ByteRange range) {}
