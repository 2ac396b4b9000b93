package org.touchstone.domain.batch;

import java.util.Objects;
import org.touchstone.domain.Problem;

/**
 * A line of a batch that cannot be analysed.
 *
 * @param line its number in what was sent, from 1
 * @param problem what is wrong with it
 */
public record WrongLine(int line, Problem problem) {
  public WrongLine {
    Objects.requireNonNull(problem, "problem");
  }
}
