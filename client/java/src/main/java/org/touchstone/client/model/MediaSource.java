package org.touchstone.client.model;

import java.time.Instant;

/**
 * Where a medium was found.
 *
 * @param platform the platform's name, web for a direct link, upload for a file
 * @param postUrl the canonical link to the post, or the direct link; absent for an upload
 * @param author the account that posted it, when known
 * @param postedAt when it was posted, when known
 * @param ordinal position within the post, from 0
 * @param context what the post says about it; absent when nothing is known
 * @param quoted whether it is another post's, which this one quotes or passes on, so that the
 *     author is not known to be its own; absent for false
 */
public record MediaSource(
    String platform,
    String postUrl,
    String author,
    Instant postedAt,
    Long ordinal,
    PostContext context,
    Boolean quoted) {}
