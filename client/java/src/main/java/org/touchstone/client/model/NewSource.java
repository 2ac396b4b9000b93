package org.touchstone.client.model;

/**
 * The body of a request to name a verified source.
 *
 * @param platform the platform's name, such as x
 * @param authorId the platform's own id of the account, which never changes; better than a handle
 * @param handle its name in addresses; alone, it is whoever has the handle
 * @param note such as the organisation's name; at most 1,000 characters
 * @param holder for whom it holds; absent for the caller's account
 */
public record NewSource(
    String platform, String authorId, String handle, String note, Holder holder) {}
