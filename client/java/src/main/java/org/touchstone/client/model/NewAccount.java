package org.touchstone.client.model;

/**
 * The body of a request for an account.
 *
 * @param name what people call it
 */
public record NewAccount(String name) {}
