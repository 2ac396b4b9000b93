package org.touchstone.storage;

import java.time.Instant;

/**
 * An object's metadata, known without reading the object.
 *
 * @param bytes its size
 * @param contentType its media type as it was stored
 * @param eTag its version
 * @param lastModified when it was written
 */
public record ObjectInfo(long bytes, String contentType, String eTag, Instant lastModified) {}
