package org.touchstone.client.model;

/**
 * One error as data: it is stored with a failed analysis and served as RFC 9457 problem details.
 *
 * @param type what is wrong
 * @param detail a sentence about this particular case; never holds paths, secrets or internals
 * @param retryAfterSeconds seconds after which a retry makes sense; absent when it does not
 */
public record Problem(String type, String detail, Long retryAfterSeconds) {}
