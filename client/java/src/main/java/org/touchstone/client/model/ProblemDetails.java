package org.touchstone.client.model;

/**
 * An error as it is served: RFC 9457 problem details.
 *
 * @param type a stable URN
 * @param code the last part of type, for clients that switch on it
 */
public record ProblemDetails(String type, String title, Long status, String detail, String code) {}
