package org.touchstone.client.model;

/**
 * One fact.
 *
 * @param source where it was read, such as png:parameters or xmp
 * @param name what it is
 * @param value its value, shortened to a bounded length
 */
public record Finding(String source, String name, String value) {}
