package org.touchstone.emulators.stepfunctions.asl;

import java.util.List;

/**
 * When and how a failed state is tried again.
 *
 * @param intervalSeconds the first delay
 * @param maxAttempts number of retries; 0 for none
 * @param backoffRate factor by which each further delay grows, at least 1
 * @param maxDelaySeconds the longest delay; null for no limit
 * @param fullJitter whether the delay is drawn evenly between zero and its full length
 */
public record Retrier(
    List<String> errorEquals,
    int intervalSeconds,
    int maxAttempts,
    double backoffRate,
    Integer maxDelaySeconds,
    boolean fullJitter) {}
