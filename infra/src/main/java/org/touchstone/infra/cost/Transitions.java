package org.touchstone.infra.cost;

import java.util.List;

/** The states that an analysis enters when all goes well; each costs one state transition. */
final class Transitions {
  static final List<String> ONCE =
      List.of(
          "Begin",
          "Resolve",
          "AnythingToDetect",
          "Detect",
          "Vote",
          "Announce",
          "WasThereAFault",
          "Ended");

  /** For each job; the first only once for all of an analysis's jobs at the same endpoint. */
  static final List<String> PER_JOB = List.of("DetectAtEndpoint", "AwaitReports");

  private Transitions() {}

  /** What analyses of one medium take, and a little more than others do. */
  static double of(double analyses, double jobs) {
    return analyses * ONCE.size() + jobs * PER_JOB.size();
  }
}
