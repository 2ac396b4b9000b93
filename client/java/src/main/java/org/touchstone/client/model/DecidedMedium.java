package org.touchstone.client.model;

import java.time.Instant;

/**
 * A medium's level by people.
 *
 * @param mediaId the medium
 * @param level its level instead of the verdict's
 * @param by what gives it
 * @param holder for whom it holds
 * @param at when it was decided
 * @param note what the person wrote about it; absent if nothing
 * @param identity how the verified source was recognised; absent for a label
 */
public record DecidedMedium(
    String mediaId,
    Level level,
    DecidedBy by,
    Holder holder,
    Instant at,
    String note,
    Identity identity) {}
