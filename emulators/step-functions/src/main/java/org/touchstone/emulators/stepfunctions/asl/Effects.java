package org.touchstone.emulators.stepfunctions.asl;

import java.util.Set;
import org.touchstone.emulators.stepfunctions.jsonata.Template;

/**
 * The effects of leaving a state, by a rule, by a catcher or normally.
 *
 * @param output the state's output; null for the default
 * @param assign an object of new variable values; null for none
 * @param variables the names that {@code assign} sets
 */
public record Effects(Template output, Template assign, Set<String> variables) {
  public static final Effects NONE = new Effects(null, null, Set.of());
}
