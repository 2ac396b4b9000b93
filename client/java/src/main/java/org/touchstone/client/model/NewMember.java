package org.touchstone.client.model;

import java.util.List;

/**
 * The body of a request to add a member.
 *
 * @param accountId the account they act for
 * @param email their address, as the organisation's sign-in knows it
 * @param scopes at least one
 */
public record NewMember(String accountId, String email, List<Scope> scopes) {}
