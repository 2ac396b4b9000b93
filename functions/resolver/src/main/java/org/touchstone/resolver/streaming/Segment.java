package org.touchstone.resolver.streaming;

import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.ByteRange;

/**
 * One part of a track, to be fetched by one request.
 *
 * @param range which bytes of what is at the link; absent for all
 */
public record Segment(WebLink link, ByteRange range) {}
