package org.touchstone.emulators.stepfunctions.asl;

import java.util.Optional;
import java.util.Set;

/** Which resources a Task may name, and which arguments each takes. */
@FunctionalInterface
public interface ResourceRules {
  /** What the arguments of one resource may hold. */
  record Arguments(Set<String> required, Set<String> allowed) {}

  /** The rules for a resource, or empty when no integration serves it. */
  Optional<Arguments> find(String resource);
}
