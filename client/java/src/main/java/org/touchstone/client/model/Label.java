package org.touchstone.client.model;

import java.time.Instant;

/**
 * A person's finding on a medium, by the hash of its bytes. A copy with other bytes is another
 * medium.
 *
 * @param sha256 SHA-256 of the bytes, in lower-case hexadecimal
 * @param truth what was found
 * @param note what the person wrote about it; absent if nothing
 * @param holder for whom it holds
 * @param at when it was given
 */
public record Label(String sha256, GroundTruth truth, String note, Holder holder, Instant at) {}
