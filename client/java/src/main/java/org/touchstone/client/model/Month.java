package org.touchstone.client.model;

/**
 * A month of an account and whether its statement is closed.
 *
 * @param month such as 2026-11
 * @param closed whether it is stored and never changes
 */
public record Month(String month, Boolean closed) {}
