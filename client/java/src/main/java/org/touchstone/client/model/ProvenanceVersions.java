package org.touchstone.client.model;

/**
 * What provenance was judged by.
 *
 * @param reader version of the rules for reading credentials
 * @param lists version of the lists of those who vouch; begins with the day of C2PA's list
 * @param signatures version of the known labels and traces
 */
public record ProvenanceVersions(String reader, String lists, String signatures) {}
