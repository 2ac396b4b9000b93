package org.touchstone.storage;

/**
 * What is known of an object without reading it.
 *
 * @param bytes its size
 * @param contentType its media type as it was stored
 * @param eTag its version
 */
public record ObjectInfo(long bytes, String contentType, String eTag) {}
