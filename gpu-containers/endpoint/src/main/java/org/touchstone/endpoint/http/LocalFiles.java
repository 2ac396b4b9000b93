package org.touchstone.endpoint.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/** The files of this machine that callers may name: those below one folder, or none. */
final class LocalFiles {
  private final Optional<Path> root;

  LocalFiles(Optional<Path> root) {
    this.root = root;
  }

  /**
   * The file of this name.
   *
   * @param name absolute, or relative to the folder
   * @throws EndpointProblemException when the file would lie elsewhere, after following symbolic
   *     links
   * @throws ProblemException {@link ProblemType#FETCH_NOT_FOUND} when there is no such file below
   *     the folder
   */
  Path find(String name) {
    Path folder = root.orElseThrow(EndpointProblem.SOURCE_FORBIDDEN::exception);
    try {
      Path real = folder.toRealPath();
      Path file = real.resolve(name).normalize();
      // Checked before the file is looked up, so that the answer does not reveal which files exist
      // elsewhere.
      if (!file.startsWith(real)) {
        throw EndpointProblem.SOURCE_FORBIDDEN.exception();
      }
      Path target = file.toRealPath();
      if (!target.startsWith(real)) {
        throw EndpointProblem.SOURCE_FORBIDDEN.exception();
      }
      if (!Files.isRegularFile(target)) {
        throw new ProblemException(ProblemType.FETCH_NOT_FOUND, "There is no such file.");
      }
      return target;
    } catch (InvalidPathException e) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "This is not a file name.");
    } catch (IOException e) {
      throw new ProblemException(ProblemType.FETCH_NOT_FOUND, "There is no such file.");
    }
  }
}
