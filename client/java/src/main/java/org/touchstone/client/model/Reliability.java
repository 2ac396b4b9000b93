package org.touchstone.client.model;

/**
 * What is known of how far a score can be trusted, as the detector's model states it for input of
 * this quality. A report carries it, so that a vote can be replayed and a detector that an
 * organisation brings needs no entry in a policy.
 *
 * @param family detectors of one family have the same base weights, training data or provider, and
 *     err together; null for a detector on its own
 * @param calibration version of the calibration, which names the data; null when the score was
 *     never fitted to data or when the fit belongs to another file or preprocessing
 * @param fakeShare share of fakes in the data that the score was fitted on, 0..1; null when not
 *     known
 * @param counts errors counted on data like this input; null when nobody counted them
 * @param combination how the looks became one score
 * @param looks number of frames, faces or windows behind the score, at least 1
 * @param doubt a sentence that says why the score can mean "uncertain" at most; null without doubt
 * @param threshold score from which counts called a medium fake, 0..1; null when not known, which
 *     means one half
 */
public record Reliability(
    String family,
    String calibration,
    Double fakeShare,
    Counts counts,
    Combination combination,
    Long looks,
    String doubt,
    Double threshold) {}
