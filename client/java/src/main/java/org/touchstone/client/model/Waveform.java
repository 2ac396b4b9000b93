package org.touchstone.client.model;

/**
 * The peaks of a medium's sound, to draw it: JSON with secondsPerPeak and peaks, at most 2,000
 * numbers from 0 to 127.
 *
 * @param key S3 key of the JSON
 */
public record Waveform(String mediaId, String key) {}
