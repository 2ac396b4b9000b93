package org.touchstone.client.model;

/**
 * One detector's part in the verdict on one medium.
 *
 * @param mediaId the medium
 * @param detector the detector
 * @param track the track it looked at
 * @param weight 0, 1 or 2 votes; or its share of its track's pooled evidence, of which the prior
 *     has the remaining share; or the factor by which its log-likelihood ratio counts, 0..1
 * @param score its raw score, absent when it gave none
 * @param calibrated its calibrated probability; absent under a rule without one, and without a
 *     calibration under the rule log-likelihood
 * @param vote the side it supports: manipulated, authentic or none
 * @param why the reason in words
 * @param likelihood what it says as evidence; rule log-likelihood only
 */
public record Vote(
    String mediaId,
    String detector,
    Modality track,
    Double weight,
    Double score,
    Double calibrated,
    Side vote,
    String why,
    Likelihood likelihood) {}
