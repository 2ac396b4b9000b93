package org.touchstone.mcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.touchstone.formats.NotMediaException;
import org.touchstone.formats.Sniffer;

/**
 * A file on this machine that a model wants to be analysed. A model may have been talked into
 * naming any file, so nothing but media leaves the machine: the content decides, not the name.
 */
final class GivenFile {
  private GivenFile() {}

  /** The file cannot be sent; the message says why, in Touchstone's own words. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * The file that a path names.
   *
   * @param folder paths that are not absolute start here
   */
  static Path of(String path, Path folder) throws RefusedException {
    try {
      // Its real place: what was looked at is what is sent.
      Path file = folder.resolve(path).toRealPath();
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new RefusedException("This is not a file that can be read.");
      }
      Sniffer.sniff(file);
      return file;
    } catch (NotMediaException e) {
      throw new RefusedException("This file is not an image, a video or a recording.");
    } catch (InvalidPathException | IOException e) {
      throw new RefusedException("This file does not exist or cannot be read.");
    }
  }
}
