package org.touchstone.client.model;

/**
 * A frame at which the score is high.
 *
 * @param time seconds from the start
 * @param score 0..1
 * @param person number of the person it shows; 0 when the score is not about one
 * @param face where; null when the score is about the whole frame
 * @param frameKey S3 key of the frame in JPEG, scaled down; null when it has no picture
 */
public record Peak(Double time, Double score, Long person, Region face, String frameKey) {}
