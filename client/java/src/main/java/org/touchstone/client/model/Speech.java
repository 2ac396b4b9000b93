package org.touchstone.client.model;

import java.util.List;

/**
 * What was said, with its times.
 *
 * @param language BCP 47 tag
 * @param recogniser name and version of the recogniser
 * @param passages in order of time
 */
public record Speech(String language, String recogniser, List<Passage> passages) {
  public Speech {
    passages = passages == null ? List.of() : List.copyOf(passages);
  }
}
