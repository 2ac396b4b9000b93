package org.touchstone.batches;

import org.touchstone.domain.ProblemException;
import org.touchstone.domain.batch.Batch;
import org.touchstone.domain.batch.BatchItem;

/** Starts the analyses of batches' lines. */
@FunctionalInterface
interface Starter {
  /**
   * Starts the analysis of a line. Any number of calls start it once.
   *
   * @return the analysis' id
   * @throws ProblemException when it is not accepted
   * @throws software.amazon.awssdk.core.exception.SdkException when it cannot be started now
   */
  String start(Batch batch, BatchItem item);
}
