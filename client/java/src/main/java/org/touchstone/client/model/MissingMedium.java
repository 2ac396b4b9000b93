package org.touchstone.client.model;

/**
 * A medium of a post that could not be had, while others of the same post could.
 *
 * @param ordinal position within the post, from 0, counted over all its media
 * @param problem why it is missing
 */
public record MissingMedium(Long ordinal, Problem problem) {}
