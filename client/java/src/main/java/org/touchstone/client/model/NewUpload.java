package org.touchstone.client.model;

/**
 * The body of a request for an upload.
 *
 * @param bytes the file's exact size
 * @param contentType its media type, if known; the content decides the actual type
 */
public record NewUpload(Long bytes, String contentType) {}
