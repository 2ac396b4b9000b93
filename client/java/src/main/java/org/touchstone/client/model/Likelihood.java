package org.touchstone.client.model;

/**
 * A score as evidence, with what is needed to compute it again.
 *
 * @param ratio natural logarithm of how many times likelier the score is on a manipulated medium
 *     than on an authentic one, after clipping and before weighting
 * @param lower the least that counted errors allow the ratio to be, 0 or below
 * @param upper the most that they allow it to be, 0 or above
 * @param basis what the ratio rests on
 * @param row the kind of media on which errors were counted; absent without counts
 * @param calibration version of the score's calibration; absent when it was never fitted to data
 * @param family the detectors of which only one speaks
 */
public record Likelihood(
    Double ratio,
    Double lower,
    Double upper,
    Basis basis,
    String row,
    String calibration,
    String family) {}
