package org.touchstone.checkpoints;

/**
 * Receives the progress of an import. An exception that it throws ends the import, and nothing is
 * left behind.
 */
@FunctionalInterface
public interface ImportProgress {
  ImportProgress NONE = (written, total) -> {};

  /**
   * @param written bytes of weights written so far
   * @param total bytes of weights in the finished model
   */
  void written(long written, long total);
}
