package org.touchstone.checkpoints;

/** Is told how far an import has come. What it throws ends the import and leaves nothing behind. */
@FunctionalInterface
public interface ImportProgress {
  ImportProgress NONE = (written, total) -> {};

  /**
   * @param written bytes of weights written so far
   * @param total bytes of weights that the model will have
   */
  void written(long written, long total);
}
