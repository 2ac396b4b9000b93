package org.touchstone.detectors.inference;

import java.time.Duration;

/**
 * Receives events about running models. Called by the threads that run them, several at once;
 * exceptions it throws are logged and change nothing.
 */
public interface BatchListener {
  /** A listener that does nothing. */
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
   * @param time since the caller submitted them
   */
  void waited(String model, Duration time);

  /**
   * A batch was run, whether it failed or not.
   *
   * @param model the model's name
   * @param rows of all its callers
   * @param time duration of the run alone
   */
  void ran(String model, int rows, Duration time);
}
