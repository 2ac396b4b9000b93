package org.touchstone.local.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.LinkFinder;

/** Tells whether an argument of the command line names a file or has a link in it. */
final class GivenInput {
  /** A scheme, including damaged and unsupported ones, so that the error can name the reason. */
  private static final Pattern WITH_SCHEME =
      Pattern.compile("(?i)^\\s*(?:[a-z][a-z0-9+.-]+://|https?:/|https?//)");

  private static final String EXAMPLE = "https://x.com/USER/status/1234567890123456789";

  private GivenInput() {}

  /**
   * The file that an argument names; empty when it is meant as a link, which is then judged as the
   * API does it.
   *
   * @throws ProblemException {@link ProblemType#UPLOAD_NOT_FOUND} when it is neither
   */
  static Optional<Path> file(String input) {
    if (WITH_SCHEME.matcher(input).find()) {
      return Optional.empty();
    }
    try {
      Path file = StackMixin.resolve(input);
      if (Files.isRegularFile(file) && Files.isReadable(file)) {
        return Optional.of(file);
      }
      if (isInAFolder(input)) {
        throw noSuchFile("");
      }
    } catch (InvalidPathException notAPath) {
      // A pasted text, for example.
    }
    if (!LinkFinder.isMeantAsLink(input)) {
      throw noSuchFile(", and it is not a link; a link looks like " + EXAMPLE);
    }
    return Optional.empty();
  }

  /** Whether it begins at the root or with a folder that exists. */
  private static boolean isInAFolder(String input) {
    int slash = input.indexOf('/');
    return slash > 0
        ? Files.exists(StackMixin.resolve(input.substring(0, slash)))
        : slash == 0 && !input.startsWith("//");
  }

  private static ProblemException noSuchFile(String more) {
    return new ProblemException(
        ProblemType.UPLOAD_NOT_FOUND, "This file does not exist or cannot be read" + more + ".");
  }
}
