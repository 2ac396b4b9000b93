package org.touchstone.detectors.inference;

import java.time.Duration;

/**
 * Hears how models are run. Called by the threads that run them, several at once; what it throws is
 * logged and changes nothing.
 */
public interface BatchListener {
  /** Hears and does nothing. */
  BatchListener NONE =
      new BatchListener() {
        @Override
        public void waited(String model, Duration time) {}

        @Override
        public void ran(String model, int rows, Duration time) {}
      };

  /**
   * The first rows of a caller begin to run.
   *
   * @param model the model's name
   * @param time since the caller brought them
   */
  void waited(String model, Duration time);

  /**
   * A batch was run, whether it failed or not.
   *
   * @param model the model's name
   * @param rows of all its callers
   * @param time of the run alone
   */
  void ran(String model, int rows, Duration time);
}
