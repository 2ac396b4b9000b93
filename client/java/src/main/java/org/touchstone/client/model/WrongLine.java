package org.touchstone.client.model;

/**
 * A line of a batch that cannot be analysed, and why.
 *
 * @param line its number in what was sent, from 1
 */
public record WrongLine(Long line, Problem problem) {}
