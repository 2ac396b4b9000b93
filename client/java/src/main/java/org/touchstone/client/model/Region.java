package org.touchstone.client.model;

/**
 * A rectangle in the picture.
 *
 * @param x left edge, pixels
 * @param y top edge, pixels
 * @param width pixels
 * @param height pixels
 * @param time seconds from the start, videos only
 * @param score 0..1; for a face, the face detector's confidence, unless label says otherwise
 * @param label what it is, such as face
 */
public record Region(
    Long x, Long y, Long width, Long height, Double time, Double score, String label) {}
