package org.touchstone.client.model;

/**
 * How many lines there are, by what became of them.
 *
 * @param lines all of them
 * @param wrong those that cannot be analysed
 * @param waiting those whose analyses have not been started
 * @param running those that are being analysed
 * @param complete those with a verdict
 * @param failed those whose analyses failed
 * @param refused those whose analyses were not accepted, as when a cap was reached
 * @param cancelled those that had not been started when the batch was cancelled
 */
public record LineCounts(
    Long lines,
    Long wrong,
    Long waiting,
    Long running,
    Long complete,
    Long failed,
    Long refused,
    Long cancelled) {}
