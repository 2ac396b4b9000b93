package org.touchstone.domain.provenance;

/**
 * What provenance was judged by.
 *
 * @param reader version of the rules for reading credentials
 * @param lists version of the lists of those who vouch
 * @param signatures version of the known labels and traces
 */
public record Versions(String reader, String lists, String signatures) {
  /** All three, as part of a key under which results are kept. */
  public String key() {
    return signatures + "+" + reader + "+" + lists;
  }
}
