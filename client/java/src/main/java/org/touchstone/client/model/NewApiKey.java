package org.touchstone.client.model;

import java.time.Instant;
import java.util.List;

/**
 * The body of a request for a key.
 *
 * @param accountId the account it is for
 * @param name what it is for
 * @param scopes at least one
 * @param expiresAt when it ends, at the latest in the year 9999; null for never
 */
public record NewApiKey(String accountId, String name, List<Scope> scopes, Instant expiresAt) {}
