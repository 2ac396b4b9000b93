package org.touchstone.emulators.stepfunctions.api;

import java.util.List;

/**
 * Part of a list.
 *
 * @param nextToken token of the next part; null when there is none
 */
public record Page<T>(List<T> items, String nextToken) {}
