package org.touchstone.storage;

/**
 * A small object as it was read.
 *
 * @param body all of its bytes
 * @param eTag the version that was read, for {@link ObjectStore#replace}
 */
public record StoredObject(byte[] body, String eTag) {}
