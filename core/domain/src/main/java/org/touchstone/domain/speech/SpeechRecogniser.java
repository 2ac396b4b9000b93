package org.touchstone.domain.speech;

import java.util.Optional;

/** Writes down what is said. Safe for use by several threads. */
public interface SpeechRecogniser {
  /** Its name and version, shown with what it wrote. */
  String name();

  /**
   * Writes down a recording, or as much of it from its start as the recogniser's limits allow.
   *
   * @param language BCP 47 tag of the language; empty to find out. A language that the recogniser
   *     does not know counts as none
   * @throws RecognitionException when nothing can be written down
   */
  Transcript recognise(Recording recording, Optional<String> language);
}
