package org.touchstone.local.stack;

import java.nio.file.Path;

/** Another process, or another stack of this one, has the data folder. */
final class FolderInUseException extends StackException {
  private static final long serialVersionUID = 1L;

  FolderInUseException(Path folder) {
    super("Another Touchstone is using the data folder " + folder + ".");
  }
}
