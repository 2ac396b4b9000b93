package org.touchstone.client.model;

/**
 * An account on a platform.
 *
 * @param platform the platform's name, such as x
 * @param authorId the platform's own id of the account, which never changes; absent if unknown
 * @param handle its name in addresses, in lower case without an at sign; absent if unknown
 */
public record PlatformAccount(String platform, String authorId, String handle) {}
