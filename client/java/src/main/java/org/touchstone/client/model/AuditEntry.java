package org.touchstone.client.model;

import java.time.Instant;

/**
 * Who did what and when. It never holds a secret.
 *
 * @param at when
 * @param accountId the account that acted; absent for the operator and for what the deployment does
 *     by itself
 * @param keyId id of the API key that was used; operator for the command line, system for what the
 *     deployment does by itself
 * @param action a stable code such as key.revoked
 * @param subject id of what it was done to
 * @param detail more for people, such as the old and the new value; absent if there is none
 */
public record AuditEntry(
    Instant at, String accountId, String keyId, String action, String subject, String detail) {}
