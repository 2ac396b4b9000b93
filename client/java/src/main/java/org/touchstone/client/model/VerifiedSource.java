package org.touchstone.client.model;

import java.time.Instant;

/**
 * An organisation's account on a platform, whose own posts are trusted.
 *
 * @param id follows from who the account is; naming it again replaces what is known of it
 * @param account who it is
 * @param note what the person wrote about it, such as the organisation's name; absent if nothing
 * @param identity how its posts are recognised
 * @param holder for whom it holds
 * @param at when it was verified
 */
public record VerifiedSource(
    String id,
    PlatformAccount account,
    String note,
    Identity identity,
    Holder holder,
    Instant at) {}
